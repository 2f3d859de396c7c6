import type { JsonObject } from "@vitrine/core";

/** How far an event came: the words the list shows. */
export type EventState = "captured" | "stored" | "delivered" | "dropped";

/** An event as the list shows it; `event` is absent where only its id was heard of. */
export interface LoggedEvent {
  messageId: string;
  /** Captured, ms; where that is not known, when it was first heard of. */
  at: number;
  state: EventState;
  /** Why it was dropped: a stable code. */
  reason?: string | undefined;
  event?: JsonObject | undefined;
}

/** What a note says of an event. */
export interface EventNote {
  messageId: string;
  state: EventState;
  at?: number | undefined;
  reason?: string | undefined;
  /** The event as JSON. */
  text?: string | undefined;
}

/** So many events by state; together they are all that were heard of. */
export type EventCounts = Record<EventState, number>;

/** The events of this page and device, as far as they were heard of. */
export interface EventLog {
  /** Takes what became of an event; a state never goes back. */
  note(note: EventNote): void;
  /** Newest first. */
  events(): LoggedEvent[];
  /** Counts also what is no longer listed. */
  counts(): EventCounts;
  find(messageId: string): LoggedEvent | undefined;
}

const RANK: EventCounts = { captured: 0, stored: 1, delivered: 2, dropped: 2 };

/** Creates a log that lists `limit` events at most; what is settled leaves the list first. */
export function createEventLog(limit = 500): EventLog {
  const events = new Map<string, LoggedEvent>();
  const forgotten: EventCounts = { captured: 0, stored: 0, delivered: 0, dropped: 0 };

  const forget = () => {
    const oldest = [...events.values()].sort((a, b) => a.at - b.at);
    const one = oldest.find(({ state }) => RANK[state] > 1) ?? oldest[0]!;
    events.delete(one.messageId);
    forgotten[one.state]++;
  };

  return {
    note: ({ messageId, state, at, reason, text }) => {
      const old = events.get(messageId);
      const isNews = !old || RANK[state] > RANK[old.state];
      events.set(messageId, {
        messageId,
        // Of what the database holds nothing is sure.
        at: old?.event ? old.at : Number.isFinite(at) ? at! : Date.now(),
        state: isNews ? state : old.state,
        reason: isNews ? reason : old.reason,
        event: old?.event ?? parse(text),
      });
      if (events.size > limit) forget();
    },
    events: () => [...events.values()].reverse().sort((a, b) => b.at - a.at),
    counts: () => {
      const counts = { ...forgotten };
      for (const { state } of events.values()) counts[state]++;
      return counts;
    },
    find: (messageId) => events.get(messageId),
  };
}

/** What the page or another program put into the database may be anything. */
function parse(text: string | undefined): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text ?? "");
    return typeof value === "object" && value !== null ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}

/** What an event is called: its own name, else its type. */
export function nameOf({ event }: LoggedEvent): string | undefined {
  const name = event?.["event"] ?? event?.["type"];
  return typeof name === "string" ? name : undefined;
}
