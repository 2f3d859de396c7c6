import type { FinishedWriter } from "@vitrine/core";
import { bytesOf, type Row } from "../outbox/row.ts";

/** Bytes of a request's body at most: browsers give `keepalive` requests 64 KiB together. */
export const MAX_BODY_BYTES = 60_000;

/** Finished page loads that one request reports at most. */
export const MAX_FINISHED = 15;

/** Bytes kept free for what stands around the events, finished page loads included. */
const FRAME_BYTES = 1200;

/** The first rows that one request may carry: of one device, within the size and the count. */
export function takeRows(rows: Iterable<Row>, maxRows: number = 500): Row[] {
  const taken: Row[] = [];
  let bytes = FRAME_BYTES;
  for (const row of rows) {
    if (taken[0] && row.device !== taken[0].device) continue;
    bytes += bytesOf(row.text) + 1;
    if (taken.length >= maxRows || (taken[0] && bytes > MAX_BODY_BYTES)) break;
    taken.push(row);
  }
  return taken;
}

/** The body of `POST /v1/batch`. The events' texts go in as they were stored. */
export function composeBody(site: string, rows: Row[], finished: FinishedWriter[], nowMs: number): string {
  const frame = { writeKey: site, device: rows[0]?.device, sentAt: new Date(nowMs).toISOString(), finished };
  return `${JSON.stringify(frame).slice(0, -1)},"batch":[${rows.map((row) => row.text).join()}]}`;
}
