import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Customer } from "../api/types.ts";
import { EventRow } from "../events/EventRow.tsx";
import { strings } from "../strings.ts";
import { formatClock, formatDay } from "../ui/format.ts";
import { Icon } from "../ui/Icon.tsx";
import { Card, Empty } from "../ui/parts.tsx";
import { groupSessions } from "./groupSessions.ts";

const text = strings.customer;
const SESSIONS_AT_ONCE = 8;

/** What happened, by session, newest first. */
export function TimelineCard({ customer }: { customer: Customer }): JSX.Element {
  const [shown, setShown] = useState(SESSIONS_AT_ONCE);
  const sessions = groupSessions(customer.timeline);
  return (
    <Card
      title={text.timeline}
      icon="clock"
      flush
      aside={<span class="soft small">{text.timelineLead}</span>}
    >
      {sessions.length === 0 && (
        <Empty icon="clock" title={text.timeline}>
          <p>{text.noTimeline}</p>
        </Empty>
      )}
      {sessions.slice(0, shown).map(({ from, to, entries }) => (
        <div key={to}>
          <h3 class="session-head">
            <Icon name="clock" size={14} />
            {formatDay(from)}, {formatClock(from)}
            {formatClock(from) !== formatClock(to) && `–${formatClock(to)}`} · {text.session(entries.length)}
          </h3>
          <ul class="list">
            {entries.map(({ event, time }) => (
              <EventRow key={event.messageId} event={event} time={time} />
            ))}
          </ul>
        </div>
      ))}
      {sessions.length > shown && (
        <div class="more-line">
          <button type="button" class="quiet" onClick={() => setShown(shown + SESSIONS_AT_ONCE)}>
            {strings.common.more}
          </button>
        </div>
      )}
    </Card>
  );
}
