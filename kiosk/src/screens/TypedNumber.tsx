import { useRef, useState } from "preact/hooks";
import { readTyped } from "../scan/readTyped.ts";
import type { Scan } from "../session/session.ts";
import { useStrings } from "../strings/languages.ts";
import { Button } from "../ui/Button.tsx";

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** Longer than any number on a label. */
const MAX_CHARS = 64;

/**
 * For who would rather type than hold a label; with keys on the glass, since no keyboard hangs beside it.
 * @param isWanted nothing was found yet; else the keys come when the field is touched
 */
export function TypedNumber({ isWanted, onScan }: { isWanted: boolean; onScan: (scan: Scan) => void }) {
  const words = useStrings();
  // The field keeps its own text: a screen that is drawn anew while a key goes down would take the key back.
  const field = useRef<HTMLInputElement>(null);
  const [isWrong, setWrong] = useState(false);
  const [isTouched, setTouched] = useState(false);
  const change = (edit: (number: string) => string) => {
    field.current!.value = edit(field.current!.value).slice(0, MAX_CHARS);
    setWrong(false);
  };
  const find = (event: Event) => {
    event.preventDefault();
    const number = field.current!.value;
    if (!number.trim()) return;
    const scan = readTyped(number);
    setWrong(!scan);
    if (!scan) return;
    change(() => "");
    setTouched(false);
    onScan(scan);
  };
  return (
    <form class="setup typed" onSubmit={find}>
      <label>
        {words.scanNumber}
        <input
          ref={field}
          name="code"
          inputMode="numeric"
          autocomplete="off"
          maxLength={MAX_CHARS}
          onInput={() => setWrong(false)}
          onFocus={() => setTouched(true)}
        />
      </label>
      {isWrong && (
        <p class="notice" role="alert">
          {words.typedWrong}
        </p>
      )}
      <div class={isWanted || isTouched ? "keypad" : "actions"}>
        {(isWanted || isTouched) && <Keys onChange={change} />}
        <button class="button">{words.scanFind}</button>
      </div>
    </form>
  );
}

function Keys({ onChange }: { onChange: (edit: (number: string) => string) => void }) {
  const words = useStrings();
  const key = (digit: string) => (
    <Button key={digit} onPress={() => onChange((number) => number + digit)}>
      {digit}
    </Button>
  );
  return (
    <>
      {DIGITS.map(key)}
      <Button label={words.typedDelete} onPress={() => onChange((number) => number.slice(0, -1))}>
        ⌫
      </Button>
      {key("0")}
    </>
  );
}
