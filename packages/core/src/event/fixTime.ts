import { DEDUPE_HORIZON_MS } from "../received/received.ts";
import type { Fault } from "./rejectReason.ts";

/** Skew up to this is as likely the network's as the clock's, and is left alone. */
const MIN_SKEW_MS = 60_000;

/** What is known of when an event happened; all in ms since 1970. */
export interface Times {
  /** The client's word. */
  timestamp: number;
  /** When the client sent it, on the same clock; without it nothing is corrected. */
  sentAt?: number | undefined;
  /** When it arrived, on the collector's clock. */
  receivedAt: number;
  /** An import by secret key: no correction, and however old. */
  timesAsGiven?: boolean | undefined;
}

/**
 * Fixes an event's time, once and for good: the timestamp, corrected when the sender's clock is clearly
 * wrong, and never later than its arrival, so that no clock ahead can pin a register.
 */
export function fixTime({
  timestamp,
  sentAt,
  receivedAt,
  timesAsGiven,
}: Times): { ok: true; time: number } | ({ ok: false } & Fault) {
  const skew = sentAt === undefined || timesAsGiven ? 0 : receivedAt - sentAt;
  const time = Math.min(timestamp + (Math.abs(skew) > MIN_SKEW_MS ? skew : 0), receivedAt);
  if (timesAsGiven || time >= receivedAt - DEDUPE_HORIZON_MS) return { ok: true, time };
  return {
    ok: false,
    reason: "too_old",
    detail:
      "Repeats of events older than 90 days cannot be told any more. Import history with a secret key and timesAsGiven.",
  };
}
