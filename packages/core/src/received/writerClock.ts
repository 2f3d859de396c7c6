import type { TimedEvent } from "../event/event.ts";
import { get } from "../profile/keyed.ts";
import type { Received } from "./received.ts";

/** A wall clock as a page load saw it: it holds until the clock is set, or the device sleeps. */
export interface WallClock {
  /** What the wall clock said at the monotonic clock's zero, ms since 1970. */
  origin: number;
  /** What must be added to the wall clock, ms. */
  skew: number;
}

/** Readings of one wall clock may differ by so much, by rounding and by slow adjustment. */
const NEAR_MS = 2000;

/** True when two page clocks are one: neither set nor asleep in between. */
export const isSameClock = (originA: number, originB: number): boolean =>
  Math.abs(originA - originB) <= NEAR_MS;

/**
 * Learns from an event whose time is fixed: how its writer's wall clock stood, and where the writer's order is.
 * Reads the event alone, so that replaying the log gives the same.
 */
export function noteTime(received: Received, { context, timestamp, time, uncertain }: TimedEvent): void {
  const { clock, writer: named } = context;
  const writer = named && get(received.writers, named.id);
  if (!writer) {
    if (!uncertain) noteKnownTime(received, time);
    return;
  }
  const { newest } = writer;
  if (!newest || named.seq > newest.seq) {
    writer.newest = { seq: named.seq, time: Math.max(time, newest?.time ?? 0) };
  }
  if (uncertain || !clock) return;
  const captured = clock.origin + clock.at;
  if (captured - timestamp > NEAR_MS) return; // it told of something earlier
  const skew = time - captured;
  const isSame = writer.clock && isSameClock(writer.clock.origin, clock.origin);
  // Transit only ever adds, so the smallest is nearest to the truth.
  writer.clock = { origin: clock.origin, skew: isSame ? Math.min(skew, writer.clock!.skew) : skew };
}

/** Keeps the newest certain time of page loads that are no longer listed. */
export function noteKnownTime(received: Received, time: number): void {
  received.until = Math.max(received.until ?? 0, time);
}

/** The newest certain time of the device's other page loads, up to `limit`; 0 when there is none. */
export function knownTimeBefore(received: Received, limit: number, exceptWriter: string): number {
  let known = received.until ?? 0;
  if (known > limit) known = 0;
  for (const [id, { clock, newest }] of Object.entries(received.writers)) {
    const time = clock && id !== exceptWriter ? newest!.time : 0;
    if (time > known && time <= limit) known = time;
  }
  return known;
}
