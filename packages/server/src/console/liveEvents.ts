import type { TimedEvent } from "@vitrine/core";
import { splitIdentity } from "../identity/personalId.ts";
import { decodeEntry, isEvent } from "../ingest/logEntry.ts";
import type { Services } from "../services.ts";
import { liveEvent, type SlimEvent } from "./slimEvent.ts";

/** An event as the live list shows it. */
export interface LiveEvent {
  /** Orders events by arrival; larger is newer. */
  cursor: string;
  time: number;
  receivedAt: number;
  identity: { namespace: string; id: string };
  event: SlimEvent;
}

/** Places for the events of one batch; more than any batch may hold. */
const PLACES = 100_000;

/** Log rows read at once, and at most for one page: batches may hold nothing to show. */
const ROWS_AT_ONCE = 50;
const MAX_ROWS = 2_000;

/** Makes the live form of an event that stands at `index` among the events of its batch. */
export function toLive(
  from: { identity: string; batchId: number; receivedAt: number; event: TimedEvent },
  index: number,
): LiveEvent {
  const { identity, batchId, receivedAt, event } = from;
  return {
    cursor: String(batchId * PLACES + index),
    time: event.time,
    receivedAt,
    identity: splitIdentity(identity),
    event: liveEvent(event),
  };
}

/** The newest events before a cursor, newest first. */
export function readLiveEvents(
  { collector }: Services,
  siteId: string,
  { before, limit }: { before?: number | undefined; limit: number },
): LiveEvent[] {
  const found: LiveEvent[] = [];
  let beforeBatch = before === undefined ? Number.MAX_SAFE_INTEGER : Math.floor(before / PLACES) + 1;
  for (let read = 0; read < MAX_ROWS && found.length < limit; read += ROWS_AT_ONCE) {
    const rows = collector.log.newest(siteId, beforeBatch, ROWS_AT_ONCE);
    for (const { identity, batchId, receivedAt, body } of rows) {
      const events = decodeEntry(body).items.filter(isEvent);
      const live = events.map((event, index) => toLive({ identity, batchId, receivedAt, event }, index));
      found.push(
        ...live.toReversed().filter(({ cursor }) => before === undefined || Number(cursor) < before),
      );
      beforeBatch = batchId;
    }
    if (rows.length < ROWS_AT_ONCE) break;
  }
  return found.slice(0, limit);
}
