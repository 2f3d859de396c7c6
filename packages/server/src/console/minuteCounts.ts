import type { Services } from "../services.ts";

const MINUTE_MS = 60_000;

/** Minutes that are shown. */
export const MINUTES = 60;

/** Log rows counted at most when a console opens on a server that has run before. */
const MAX_FIRST_ROWS = 200_000;

/** Events by minute of arrival. */
export interface MinuteCounts {
  /** The last {@link MINUTES} minutes up to `now`, oldest first. */
  read(siteId: string, now: number): number[];
}

/** Counts from the log, each row once: a call reads only what came since the one before. */
export function createMinuteCounts({ database }: Services): MinuteCounts {
  const sites = new Map<string, { batchId: number; counts: Map<number, number> }>();
  const { sql } = database;

  const start = (siteId: string, since: number) => {
    const last = Number(sql("SELECT max(batch_id) AS id FROM log").get()?.id ?? 0);
    const first = firstBatchSince(since, last);
    const site = { batchId: Math.max(first - 1, last - MAX_FIRST_ROWS), counts: new Map<number, number>() };
    sites.set(siteId, site);
    return site;
  };
  /** The log grows in order of arrival, so the first row of a time is found by halving. */
  const firstBatchSince = (since: number, last: number): number => {
    let low = 1;
    let high = last + 1;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const row = sql("SELECT received_at FROM log WHERE batch_id >= ? ORDER BY batch_id LIMIT 1").get(
        middle,
      );
      if (row && Number(row.received_at) < since) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  return {
    read(siteId, now) {
      const minute = Math.floor(now / MINUTE_MS);
      const site = sites.get(siteId) ?? start(siteId, (minute - MINUTES + 1) * MINUTE_MS);
      const rows = sql(
        "SELECT received_at / 60000 AS minute, sum(count) AS events, max(batch_id) AS last FROM log WHERE site_id = ? AND batch_id > ? GROUP BY 1",
      ).all(siteId, site.batchId);
      for (const row of rows) {
        const at = Number(row.minute);
        site.counts.set(at, (site.counts.get(at) ?? 0) + Number(row.events));
        site.batchId = Math.max(site.batchId, Number(row.last));
      }
      for (const at of site.counts.keys()) if (at <= minute - MINUTES) site.counts.delete(at);
      return Array.from({ length: MINUTES }, (_, i) => site.counts.get(minute - MINUTES + 1 + i) ?? 0);
    },
  };
}
