import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { useLive } from "../api/liveFeed.ts";
import type { LiveEvent } from "../api/types.ts";
import { FirstSteps } from "../overview/FirstSteps.tsx";
import { strings } from "../strings.ts";
import { Icon } from "../ui/Icon.tsx";
import { Empty, PageHead, Skeleton } from "../ui/parts.tsx";
import { searchTextOf } from "./describeEvent.ts";
import { EventRow } from "./EventRow.tsx";

const text = strings.events;

/** Events as they happen; pausing holds the list still while one reads. */
export function EventsPage(): JSX.Element {
  const live = useLive();
  const [held, setHeld] = useState<readonly LiveEvent[]>();
  const [filter, setFilter] = useState("");
  // What was there when the page opened does not light up; what comes later does.
  const opened = useRef(live.isRead ? newestOf(live.events) : undefined);
  if (opened.current === undefined && live.isRead) opened.current = newestOf(live.events);
  const events = held ?? live.events;
  const needle = filter.trim().toLowerCase();
  const shown = needle
    ? events.filter((one) => searchTextOf(one.event, one.identity.id).includes(needle))
    : events;
  const waiting = held ? newestOf(live.events) - newestOf(held) : 0;
  return (
    <>
      <PageHead title={text.title} lead={text.lead}>
        <label class="search">
          <span class="only-heard">{text.filter}</span>
          <Icon name="search" />
          <input
            type="search"
            placeholder={text.placeholder}
            value={filter}
            onInput={(e) => setFilter(e.currentTarget.value)}
          />
        </label>
        <button
          type="button"
          aria-pressed={held !== undefined}
          onClick={() => setHeld(held ? undefined : live.events)}
        >
          <Icon name={held ? "play" : "pause"} size={15} />
          {held ? text.resume : text.pause}
          {waiting > 0 && <span class="chip accent number">{waiting}</span>}
        </button>
      </PageHead>
      <section class="card" aria-label={text.listLabel}>
        {!live.isRead && (
          <div class="card-body">
            <Skeleton lines={6} />
          </div>
        )}
        {live.isRead && events.length === 0 && <FirstSteps />}
        {events.length > 0 && shown.length === 0 && (
          <Empty icon="search" title={text.noMatch}>
            <p>{text.noMatchText}</p>
          </Empty>
        )}
        <ul class="list" id="live-events">
          {shown.map((one) => (
            <EventRow
              key={one.cursor}
              event={one.event}
              time={one.receivedAt}
              identity={one.identity}
              isNew={Number(one.cursor) > (opened.current ?? 0)}
            />
          ))}
        </ul>
      </section>
    </>
  );
}

const newestOf = (events: readonly LiveEvent[]): number => Number(events[0]?.cursor ?? 0);
