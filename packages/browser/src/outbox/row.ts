import type { TimedEvent } from "@vitrine/core";

/**
 * An event as the outbox keeps it and, once acknowledged, the tail. Stored: no name may start with `_`.
 * It carries the secret of the device that captured it: after a reset, what is unsent still goes out as the old
 * device, and removing the row removes the secret with it.
 */
export interface Row {
  messageId: string;
  anonymousId: string;
  device?: string;
  /** The event as JSON, the exact text that is sent. */
  text: string;
  /** 0 pings, 1 ordinary, 2 never evicted: orders and consent. */
  priority: number;
  writer: string;
  seq: number;
  /** Captured, ms. */
  at: number;
  /** Fixed by the collector; in the tail only. */
  time?: number;
}

/** The event of a row, timed by the collector or, until then, provisionally by the device. */
export function eventOf({ text, at, time = at }: Pick<Row, "text" | "at" | "time">): TimedEvent {
  return { traits: {}, ...(JSON.parse(text) as Omit<TimedEvent, "traits">), timestamp: at, time };
}

/** Oldest first; the events of one page load in the order of their `seq`. */
export function byAge(a: Row, b: Row): number {
  return a.at - b.at || a.seq - b.seq;
}

/** Bytes of a text in UTF-8. */
export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** True when a text is larger than so many UTF-8 bytes; counts them only where it must. */
export function isOver(text: string, maxBytes: number): boolean {
  return text.length * 3 > maxBytes && bytesOf(text) > maxBytes;
}
