import type { ComponentChildren, JSX } from "preact";
import { useId, useState } from "preact/hooks";

/** A labelled control with what is wrong with it. The control gets the ids that tie them together. */
export function Field(props: {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  children: (ids: { id: string; "aria-describedby"?: string; "aria-invalid"?: true }) => ComponentChildren;
}): JSX.Element {
  const { label, hint, error } = props;
  const id = useId();
  const note = error ?? hint;
  return (
    <div class="form-field">
      <label for={id}>{label}</label>
      {props.children({
        id,
        ...(note && { "aria-describedby": `${id}-note` }),
        ...(error && { "aria-invalid": true }),
      })}
      {note && (
        <span id={`${id}-note`} class={error ? "field-error" : "soft small"}>
          {note}
        </span>
      )}
    </div>
  );
}

/** What every control of a row shares. */
interface Bound {
  id?: string;
  "aria-label"?: string;
  "aria-describedby"?: string | undefined;
  "aria-invalid"?: true | undefined;
}

/** One of a few words. */
export function Choice<T extends string>(
  props: Bound & { value: T; choices: readonly (readonly [T, string])[]; onChoose: (value: T) => void },
): JSX.Element {
  const { value, choices, onChoose, ...bound } = props;
  return (
    <select {...bound} value={value} onChange={(event) => onChoose(event.currentTarget.value as T)}>
      {choices.map(([one, words]) => (
        <option key={one} value={one} selected={one === value}>
          {words}
        </option>
      ))}
    </select>
  );
}

/** A text; `list` names the suggestions. */
export function TextInput(
  props: Bound & {
    value: string;
    list?: string | undefined;
    placeholder?: string;
    onText: (text: string) => void;
  },
): JSX.Element {
  const { onText, ...bound } = props;
  return <input type="text" {...bound} onInput={(event) => onText(event.currentTarget.value)} />;
}

/** A number. What is typed stays as it is while it is none, and is not told. */
export function NumberInput(
  props: Bound & {
    value: number;
    min?: number;
    max?: number;
    wrong: string;
    onNumber: (value: number) => void;
  },
): JSX.Element {
  const { value, wrong, min = -Infinity, max = Infinity, onNumber, ...bound } = props;
  const [typed, setTyped] = useState<string>();
  const isFit = (text: string) => text.trim() !== "" && Number(text) >= min && Number(text) <= max;
  const isWrong = typed !== undefined && !isFit(typed);
  const note = `${useId()}-number`;
  const hear = (text: string) => {
    setTyped(isFit(text) ? undefined : text);
    if (isFit(text)) onNumber(Number(text));
  };
  return (
    <>
      <input
        type="text"
        inputMode="decimal"
        class="short"
        {...bound}
        {...(isWrong && { "aria-invalid": true, "aria-describedby": note })}
        value={typed ?? String(value)}
        onInput={(event) => hear(event.currentTarget.value)}
      />
      {isWrong && (
        <span id={note} class="field-error">
          {wrong}
        </span>
      )}
    </>
  );
}

/** Several texts, separated by commas. */
export function ListInput(
  props: Bound & { value: readonly string[]; list?: string | undefined; onList: (value: string[]) => void },
): JSX.Element {
  const { value: items, onList, ...bound } = props;
  const [typed, setTyped] = useState(items.join(", "));
  // Somebody else changed it: the JSON beside, for instance.
  const shown = itemsOf(typed).join() === items.join() ? typed : items.join(", ");
  const hear = (text: string) => {
    setTyped(text);
    onList(itemsOf(text));
  };
  return <input type="text" {...bound} value={shown} onInput={(event) => hear(event.currentTarget.value)} />;
}

const itemsOf = (text: string): string[] =>
  text
    .split(",")
    .map((item) => item.trim())
    .filter(Boolean);
