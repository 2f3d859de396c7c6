import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { strings } from "../strings.ts";

/** The views, in their order. */
export const VIEWS = ["events", "decisions", "profile", "device"] as const;

/** Name of a view. */
export type ViewName = (typeof VIEWS)[number];

/** The tabs: one stop of the Tab key, moved through with arrows, Home and End. */
export function Tabs({ view, onView }: { view: ViewName; onView: (view: ViewName) => void }): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const at = VIEWS.indexOf(view);
    const last = VIEWS.length - 1;
    const to = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    onView(VIEWS[to]!);
    list.current?.querySelectorAll("button")[to]?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={strings.views} ref={list} onKeyDown={onKeyDown}>
      {VIEWS.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`tab-${name}`}
          aria-selected={name === view}
          aria-controls="view"
          tabIndex={name === view ? 0 : -1}
          onClick={() => onView(name)}
        >
          {strings.tabs[name]}
        </button>
      ))}
    </div>
  );
}
