import { get } from "../profile/keyed.ts";
import type { Received } from "../received/received.ts";
import { isSameClock, knownTimeBefore, type WallClock } from "../received/writerClock.ts";
import type { Writer } from "./event.ts";
import { settleSkew } from "./settleSkew.ts";

/** An event's own account of its capture. */
export interface Capture {
  writer: Writer;
  /** Monotonic clock of the page load, ms. */
  at: number;
  /** The wall clock's word, then, for the zero of the monotonic clock; ms since 1970. */
  origin: number;
}

/** The request that brought it, and what is known of the device that sent it. Times in ms. */
export interface Sending {
  /** The sender's wall clock. */
  sentAt: number;
  /** The sender's monotonic clock, at `sentAt`. */
  at: number;
  /** The sending page load. */
  writer?: string | undefined;
  receivedAt: number;
  received: Received;
}

/** When something was captured. */
export interface Placed {
  time: number;
  /** The clocks allow more than one answer; this one keeps the order. */
  uncertain?: true;
}

/**
 * Places a capture in time. Within a page load the monotonic clock tells how long ago it was, but stands still while
 * the device sleeps; the wall clock goes on, but may be set. Where the two moved alike there is no question.
 * @see docs/decisions/005-clock-truth.md
 */
export function placeCapture(capture: Capture, sending: Sending): Placed {
  const placed = place(capture, sending);
  const { newest } = get(sending.received.writers, capture.writer.id) ?? {};
  if (!newest) return placed;
  // Within a page load the order is that of `seq`, whatever the clocks say.
  const inOrder = capture.writer.seq > newest.seq ? Math.max : Math.min;
  return { ...placed, time: inOrder(placed.time, newest.time) };
}

function place(capture: Capture, sending: Sending): Placed {
  const { at, origin, writer } = capture;
  const { sentAt, received } = sending;
  const now: WallClock = { origin: sentAt - sending.at, skew: skewOf(sending) };
  const seen = get(received.writers, writer.id)?.clock;
  const isOwn = writer.id === sending.writer;
  const wall = origin + at;
  if (isOwn && isSameClock(origin, now.origin)) return { time: wall + now.skew };
  if (seen && isSameClock(origin, seen.origin)) return { time: wall + settleSkew(seen.skew) };
  if (isOwn) return afterwards(capture, now, sending);
  if (seen) return beforehand(capture, { origin: seen.origin, skew: settleSkew(seen.skew) }, now, sending);
  // Another tab's, captured while this one was open: both read one wall clock.
  if (wall > now.origin && wall <= sentAt) return { time: wall + now.skew };
  // Its page load never met the collector.
  return between(wall + now.skew, writer, now, sending);
}

/**
 * The sender's own event, from before its wall clock moved against the monotonic one. Back: it was set. Ahead: it was
 * set, or the device slept, which is likelier unless the clock would have been wrong or the time impossible then.
 */
function afterwards({ at, origin, writer }: Capture, now: WallClock, sending: Sending): Placed {
  const { received, receivedAt } = sending;
  const ifSet = now.origin + at + now.skew;
  const ifAsleep = origin + at + now.skew;
  const wasRight = isAlike(ifSet - origin - at, 0);
  const isSet =
    origin > now.origin ||
    (now.skew !== 0 && wasRight) ||
    isBefore(ifAsleep, knownTimeBefore(received, ifSet, writer.id)) ||
    isBefore(ifAsleep, receivedAt - MAX_SLEEP_MS);
  return isSet ? { time: ifSet } : { time: ifAsleep, uncertain: true };
}

/** The same for an event of another page load, from after its wall clock moved. */
function beforehand(
  { at, origin, writer }: Capture,
  seen: WallClock,
  now: WallClock,
  sending: Sending,
): Placed {
  const ifSet = seen.origin + at + seen.skew;
  const ifAsleep = origin + at + seen.skew;
  // Set, and just as wrong since.
  const isStillSo = !isAlike(now.skew, seen.skew) && isAlike(now.skew, ifSet - origin - at);
  const isSet = origin < seen.origin || isStillSo || isBefore(startOf(now, sending), ifAsleep);
  return isSet ? { time: ifSet } : between(ifAsleep, writer, now, sending);
}

const isAlike = (a: number, b: number): boolean => settleSkew(a - b) === 0;

/** Clearly before: by more than clocks and transit are trusted for. */
const isBefore = (a: number, b: number): boolean => a < b && !isAlike(a, b);

/** Longer, and the clock was set: browsers discard pages long before. */
const MAX_SLEEP_MS = 30 * 86_400_000;

/** When the sending page load began: others that are not open beside it were over by then. */
function startOf({ origin, skew }: WallClock, { receivedAt }: Sending): number {
  return Math.min(origin + skew, receivedAt);
}

/**
 * Kept between what was known of the device before and the sending page. A guess, unless these are so near that no clock
 * which was set in between could make it worse than one that is a little off.
 */
function between(time: number, writer: Writer, now: WallClock, sending: Sending): Placed {
  const end = startOf(now, sending);
  const known = knownTimeBefore(sending.received, end, writer.id);
  const kept = Math.min(Math.max(time, known), end);
  return kept === time && end - known <= MAX_GUESS_MS ? { time } : { time: kept, uncertain: true };
}

/** As long as the shopper who went on to the next page before the first one had sent anything. */
const MAX_GUESS_MS = 30_000;

/** A request that takes longer than this was given up by the sender. */
const MAX_TRANSIT_MS = 60_000;

/**
 * How wrong the sender's wall clock is. Transit looks like a clock that is behind, so a smaller skew that this clock
 * showed before is the better one.
 */
function skewOf({ sentAt, at, writer, receivedAt, received }: Sending): number {
  const apparent = receivedAt - sentAt;
  let skew = apparent;
  for (const [id, { clock }] of Object.entries(received.writers)) {
    if (!clock || clock.skew >= skew) continue;
    const isSame = id === writer && isSameClock(clock.origin, sentAt - at);
    if (isSame || apparent - clock.skew <= MAX_TRANSIT_MS) skew = clock.skew;
  }
  return settleSkew(skew);
}
