import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Inspection } from "../createInspection.ts";
import { nameOf, type LoggedEvent } from "../eventLog.ts";
import { Tree } from "../parts/Tree.tsx";
import { strings } from "../strings.ts";

const text = strings.events;

/** What the events view is of. */
export interface EventsViewProps {
  inspection: Inspection;
  filter: string;
  onFilter: (filter: string) => void;
}

/** What was captured and how far it came, newest first. */
export function EventsView({ inspection: { log }, filter, onFilter }: EventsViewProps): JSX.Element {
  const [opened, setOpened] = useState<string>();
  const all = log.events();
  const events = all.filter((event) => hasText(event, filter));
  const { captured, stored, delivered, dropped } = log.counts();
  const waiting = captured + stored;
  return (
    <>
      <div class="bar">
        <input
          type="search"
          aria-label={text.filter}
          placeholder={text.filter}
          value={filter}
          onInput={({ currentTarget }) => onFilter(currentTarget.value)}
        />
        <p class="counts">{text.counts(waiting + delivered + dropped, waiting, delivered, dropped)}</p>
      </div>
      {events.length === 0 ? (
        <p class="empty">{all.length === 0 ? text.none : text.noneFound}</p>
      ) : (
        <ul class="events" aria-label={text.list}>
          {events.map((event) => (
            <EventRow
              key={event.messageId}
              logged={event}
              isOpen={opened === event.messageId}
              onToggle={() => setOpened(opened === event.messageId ? undefined : event.messageId)}
            />
          ))}
        </ul>
      )}
    </>
  );
}

function EventRow(props: { logged: LoggedEvent; isOpen: boolean; onToggle: () => void }): JSX.Element {
  const { logged, isOpen, onToggle } = props;
  const { at, state, reason, event, messageId } = logged;
  const name = nameOf(logged);
  return (
    <li>
      <button type="button" class="event" aria-expanded={isOpen} onClick={onToggle}>
        <time dateTime={new Date(at).toISOString()}>{timeOf(at)}</time>
        <span class={name ? "name" : "name soft"}>{name ?? text.unnamed}</span>
        <span class="about soft">{aboutOf(logged)}</span>
        <span class={`state ${state}`}>
          {state}
          {reason && `: ${reason}`}
        </span>
      </button>
      {isOpen && (
        <div class="detail">
          {event ? (
            <Tree value={event} />
          ) : (
            <p>
              {text.unread} <code>{messageId}</code>
            </p>
          )}
        </div>
      )}
    </li>
  );
}

/** What an event is about, in a word. */
function aboutOf({ event }: LoggedEvent): string {
  const facts = (event?.["properties"] ?? {}) as Record<string, unknown>;
  const about =
    facts["name"] ??
    facts["product_id"] ??
    facts["order_id"] ??
    facts["query"] ??
    facts["path"] ??
    facts["placement"];
  return typeof about === "string" || typeof about === "number" ? String(about) : "";
}

function hasText({ messageId, state, reason = "", event }: LoggedEvent, filter: string): boolean {
  const all = [messageId, state, reason, JSON.stringify(event ?? "")].join(" ");
  return all.toLowerCase().includes(filter.trim().toLowerCase());
}

/** `14:05:09.312`, by the page's clock. */
function timeOf(at: number): string {
  const date = new Date(at);
  const [hours, minutes, seconds] = [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) =>
    String(part).padStart(2, "0"),
  );
  return `${hours}:${minutes}:${seconds}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}
