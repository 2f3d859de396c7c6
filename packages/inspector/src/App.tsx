import type { JSX } from "preact";
import { useErrorBoundary, useLayoutEffect, useReducer, useRef, useState } from "preact/hooks";
import type { Inspection } from "./createInspection.ts";
import { Tabs, type ViewName } from "./parts/Tabs.tsx";
import { strings } from "./strings.ts";
import { DecisionsView } from "./views/DecisionsView.tsx";
import { DeviceView } from "./views/DeviceView.tsx";
import { EventsView } from "./views/EventsView.tsx";
import { ProfileView } from "./views/ProfileView.tsx";
import { wordsOfError } from "./wordsOfError.ts";

/** The panel. */
export function App({ inspection, onClose }: { inspection: Inspection; onClose: () => void }): JSX.Element {
  const panel = useRef<HTMLElement>(null);
  const [view, setView] = useState<ViewName>("events");
  const [filter, setFilter] = useState("");
  const [, renderAgain] = useReducer((count: number) => count + 1, 0);
  // Before the first frame: a key pressed at once is the panel's.
  useLayoutEffect(() => {
    const end = inspection.onChange(() => renderAgain(undefined));
    inspection.refresh();
    panel.current?.querySelector<HTMLElement>("[aria-selected=true]")?.focus();
    return end;
  }, [inspection]);
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === "Escape") onClose();
  };
  const showEvent = (messageId: string) => {
    setFilter(messageId);
    setView("events");
  };
  const views = {
    events: () => <EventsView inspection={inspection} filter={filter} onFilter={setFilter} />,
    decisions: () => <DecisionsView inspection={inspection} onEvent={showEvent} />,
    profile: () => <ProfileView inspection={inspection} />,
    device: () => <DeviceView inspection={inspection} />,
  };
  return (
    <section class="panel" aria-label={strings.title} lang="en" dir="ltr" ref={panel} onKeyDown={onKeyDown}>
      <header>
        <span class="brand" aria-hidden="true">
          {strings.product}
        </span>
        <Tabs view={view} onView={setView} />
        <button
          type="button"
          class="close"
          aria-label={strings.close}
          title={strings.close}
          onClick={onClose}
        >
          ✕
        </button>
      </header>
      {!inspection.vitrine && <p class="notice">{strings.noVitrine}</p>}
      <div class="view" id="view" role="tabpanel" aria-labelledby={`tab-${view}`} tabIndex={0}>
        <Guarded key={view} render={views[view]} />
      </div>
    </section>
  );
}

/** A view that fails says so, in its own place; the page never hears of it. */
function Guarded({ render }: { render: () => JSX.Element }): JSX.Element {
  const error: unknown = useErrorBoundary()[0];
  return error === undefined ? (
    <Lazily render={render} />
  ) : (
    <p class="notice">
      {strings.failed}: {wordsOfError(error)}
    </p>
  );
}

/** Renders below the boundary, which hears only of what is below it. */
const Lazily = ({ render }: { render: () => JSX.Element }): JSX.Element => render();
