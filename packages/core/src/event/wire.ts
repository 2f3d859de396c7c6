import type { JsonObject } from "../json.ts";
import type { EventResult } from "./event.ts";

/** A writer that is finished: its page is gone and all it kept is acknowledged. */
export interface FinishedWriter {
  id: string;
  /** Its last `seq`. */
  last: number;
}

/** The page load that sends. */
export interface SenderClock {
  /** Its writer, once it has captured something. */
  writer?: string;
  /** Its monotonic clock at `sentAt`, ms. */
  at: number;
}

/** Body of `POST /v1/batch`, as our SDK sends it (`text/plain`, so that no preflight is needed). */
export interface BatchRequest {
  /** Public site key, or a secret key. */
  writeKey: string;
  /** The device's secret; its hash is the `anonymousId`. */
  device?: string;
  /** ISO 8601, set at each attempt. */
  sentAt: string;
  /** Says how the sender's clocks stand; with it the times of its page load survive a wrong or jumping wall clock. */
  clock?: SenderClock;
  /** Events in the Segment envelope, as JSON. */
  batch: JsonObject[];
  finished?: FinishedWriter[];
  /** Events of this device that are still stored on it, beside those of this batch. */
  queued?: number;
  /** Version of the ruleset that the device goes by. */
  rules?: number;
  /** Secret keys only: take `timestamp` as the time, however old. */
  timesAsGiven?: boolean;
}

/** Answer of `POST /v1/batch`: one result for each event, in order. */
export interface BatchResponse {
  results: EventResult[];
}
