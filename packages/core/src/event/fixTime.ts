import { DEDUPE_HORIZON_MS, emptyReceived, type Received } from "../received/received.ts";
import type { EventContext } from "./event.ts";
import { placeCapture, type Placed } from "./placeCapture.ts";
import { MAX_TIME_MS } from "./parseTimestamp.ts";
import type { Fault } from "./rejectReason.ts";
import { settleSkew } from "./settleSkew.ts";
import type { SenderClock } from "./wire.ts";

/** What is known of when an event happened; all in ms since 1970. */
export interface Times {
  /** The client's word. */
  timestamp: number;
  /** What it says of its capture: `writer` and `clock` are read. */
  context?: EventContext | undefined;
  /** When the client sent it, on the same clock; without it nothing is corrected. */
  sentAt?: number | undefined;
  /** The sending page's clocks. */
  clock?: SenderClock | undefined;
  /** When it arrived, on the collector's clock. */
  receivedAt: number;
  /** What came from this device before. */
  received?: Received | undefined;
  /** An import by secret key: no correction, and however old. */
  timesAsGiven?: boolean | undefined;
}

/** The time of an event, or why it is refused. */
export type FixedTime = ({ ok: true } & Placed) | ({ ok: false } & Fault);

/**
 * Fixes an event's time, once and for good: the timestamp, corrected when a clock is clearly wrong, and never later
 * than its arrival, so that no clock ahead can pin a register.
 */
export function fixTime(times: Times): FixedTime {
  const { timestamp, sentAt, receivedAt, timesAsGiven } = times;
  const oldest = receivedAt - DEDUPE_HORIZON_MS;
  if (timesAsGiven) return { ok: true, time: Math.min(timestamp, receivedAt) };
  const placed = ofCapture(times, oldest) ?? {
    time: timestamp + (sentAt === undefined ? 0 : settleSkew(receivedAt - sentAt)),
  };
  const time = Math.min(placed.time, receivedAt);
  // An uncertain one is not refused for its clock: its writer tells repeats, whenever it was captured.
  if (placed.uncertain) return { ok: true, time: Math.max(time, oldest), uncertain: true };
  if (time >= oldest) return { ok: true, time };
  return {
    ok: false,
    reason: "too_old",
    detail:
      "Repeats of events older than 90 days cannot be told any more. Import history with a secret key and timesAsGiven.",
  };
}

/** The time by the clocks of the page, where both the event and its sender tell of them. */
function ofCapture(
  { context, sentAt, clock, timestamp, ...times }: Times,
  oldest: number,
): Placed | undefined {
  const { writer, clock: captured } = context ?? {};
  if (!writer || !captured || !clock || sentAt === undefined) return undefined;
  const { at, origin } = captured;
  if (!(origin + at >= 0 && origin + at <= MAX_TIME_MS)) return undefined;
  const { received = emptyReceived(), receivedAt } = times;
  const placed = placeCapture({ writer, at, origin }, { ...clock, sentAt, receivedAt, received });
  const time = Math.min(Math.round(placed.time), receivedAt);
  // What tells of something earlier (a slot shown before the SDK came) stays as much earlier, unless a clock said so.
  const agoMs = Math.max(0, Math.round(origin + at - timestamp));
  return { ...placed, time: time - agoMs >= oldest ? time - agoMs : time };
}
