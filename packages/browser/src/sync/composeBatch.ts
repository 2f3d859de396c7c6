import { toJson, type FinishedWriter } from "@vitrine/core";
import { bytesOf, type Row } from "../outbox/row.ts";
import type { Platform } from "../platform.ts";
import type { State } from "../state.ts";

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

/**
 * The body of `POST /v1/batch`. The events' texts go in as they were stored; the frame says how many more of the same
 * device wait, and by which rules this page goes.
 */
export function composeBody(
  { _config, _rows, _ruleset, _writer, _now, _clock }: Platform & State,
  rows: Row[],
  finished: FinishedWriter[],
): string {
  const device = rows[0]?.device;
  const frame = {
    writeKey: _config.site,
    device,
    sentAt: new Date(_now()).toISOString(),
    clock: { writer: _writer?.id, at: Math.round(_clock()) },
    finished,
    queued: [..._rows.values()].filter((row) => row.device === device).length - rows.length,
    rules: _ruleset?.version,
  };
  return `${toJson(frame).slice(0, -1)},"batch":[${rows.map((row) => row.text).join()}]}`;
}
