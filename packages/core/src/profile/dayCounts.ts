import type { Keyed } from "./keyed.ts";

/** Milliseconds in a day. */
export const DAY_MS = 86_400_000;

/** Cells older than this, counted from the newest accepted day, are gone. */
export const HORIZON_DAYS = 400;

/** Integer counts per key and day (days since 1970). Integers, so that sums do not depend on order. */
export type DayCounts = Keyed<Record<string, number>>;

/** The day of a time, in days since 1970 (UTC). */
export const dayOf = (ms: number): number => Math.floor(ms / DAY_MS);

/**
 * Drops the cells past the horizon. Keys stay, with no cells: membership under the key bound must not
 * depend on when cells aged out, or trimming early and late would differ.
 */
export function ageOut(counts: DayCounts, newestMs: number): void {
  const oldest = dayOf(newestMs) - HORIZON_DAYS;
  for (const cells of Object.values(counts)) {
    for (const day of Object.keys(cells)) if (+day <= oldest) delete cells[day];
  }
}

/** Sums the cells of the `days` days up to and including the day of `nowMs`; all cells without `days`. */
export function countSince(
  cells: Record<string, number> | undefined,
  nowMs: number,
  days: number = Infinity,
): number {
  const from = dayOf(nowMs) - days;
  return Object.entries(cells ?? {}).reduce((sum, [day, count]) => (+day > from ? sum + count : sum), 0);
}
