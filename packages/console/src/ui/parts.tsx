import type { ComponentChildren, JSX } from "preact";
import { Icon, type IconName } from "./Icon.tsx";

/** The head of a page: its name, what it is for in a sentence, and what can be done here. */
export function PageHead(props: { title: string; lead: string; children?: ComponentChildren }): JSX.Element {
  return (
    <header class="page-head">
      <div>
        <h1 tabIndex={-1}>{props.title}</h1>
        <p>{props.lead}</p>
      </div>
      {props.children !== undefined && <div class="row">{props.children}</div>}
    </header>
  );
}

/** A titled surface. `flush` lets lists and tables reach its edges. */
export function Card(props: {
  title: string;
  icon?: IconName;
  aside?: ComponentChildren;
  flush?: boolean;
  children: ComponentChildren;
}): JSX.Element {
  const { title, icon, aside, flush, children } = props;
  return (
    <section class="card" aria-label={title}>
      <div class="card-head">
        <h2>
          {icon && <Icon name={icon} />}
          {title}
        </h2>
        {aside}
      </div>
      <div class={flush ? "card-body flush" : "card-body"}>{children}</div>
    </section>
  );
}

/** The tone of a chip or notice. */
export type Tone = "plain" | "good" | "warn" | "bad" | "info" | "accent" | "outline";

/** A short word about something. */
export function Chip(props: {
  tone?: Tone;
  icon?: IconName;
  title?: string;
  children: ComponentChildren;
}): JSX.Element {
  return (
    <span class={`chip ${props.tone ?? "plain"}`} {...(props.title ? { title: props.title } : {})}>
      {props.icon && <Icon name={props.icon} size={13} />}
      {props.children}
    </span>
  );
}

/** What is here when there is nothing yet: what it is for and what to do. */
export function Empty(props: { icon: IconName; title: string; children?: ComponentChildren }): JSX.Element {
  return (
    <div class="empty">
      <span class="ring">
        <Icon name={props.icon} size={24} />
      </span>
      <h2>{props.title}</h2>
      {props.children}
    </div>
  );
}

/** A sentence that should not be missed. */
export function Notice(props: {
  tone: "good" | "warn" | "bad" | "info";
  children: ComponentChildren;
}): JSX.Element {
  const icon = props.tone === "good" ? "check" : props.tone === "info" ? "info" : "warning";
  return (
    <div class={`notice ${props.tone}`} role={props.tone === "bad" ? "alert" : "status"}>
      <Icon name={icon} />
      <div class="grow">{props.children}</div>
    </div>
  );
}

/** Grey lines where text will be. */
export function Skeleton({ lines = 3 }: { lines?: number }): JSX.Element {
  return (
    <div class="stack tight" aria-hidden="true">
      {Array.from({ length: lines }, (_, i) => (
        <div key={i} class="skeleton" style={{ width: `${92 - ((i * 23) % 50)}%` }} />
      ))}
    </div>
  );
}

/** Exclusive choices in one line. */
export function Segments<T extends string>(props: {
  label: string;
  value: T;
  choices: readonly (readonly [T, string])[];
  onChoose: (value: T) => void;
}): JSX.Element {
  return (
    <div class="segments" role="group" aria-label={props.label}>
      {props.choices.map(([value, text]) => (
        <button
          key={value}
          type="button"
          aria-pressed={value === props.value}
          onClick={() => props.onChoose(value)}
        >
          {text}
        </button>
      ))}
    </div>
  );
}
