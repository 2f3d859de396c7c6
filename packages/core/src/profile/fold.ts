import type { TimedEvent } from "../event/event.ts";
import { toJson } from "../toJson.ts";
import { ageOut, dayOf } from "./dayCounts.ts";
import { writeFacets } from "./facets.ts";
import { emptyFold, type Fold, type RegisterFacet } from "./foldState.ts";
import type { Registers } from "./register.ts";
import {
  addDay,
  boundGrown,
  cellsOf,
  COUNT_FACETS,
  REGISTER_BOUNDS,
  writeOrder,
  writeRegister,
  type Grown,
} from "./writeFold.ts";

/**
 * Folds one event into `fold`, in place. Repeats must have been removed by message id before.
 * @param later what grew, for a caller that folds many and calls {@link boundGrown} after the last one
 * @returns the same `fold`.
 */
export function foldEvent(fold: Fold, event: TimedEvent, later?: Grown): Fold {
  const grown: Grown = later ?? new Map();
  stretch(fold, event.time, event.time);
  writeFacets(fold, event, grown);
  if (!later) boundGrown(grown);
  return fold;
}

/** Folds a set of events from nothing. */
export function foldAll(events: Iterable<TimedEvent>): Fold {
  const fold = emptyFold();
  const grown: Grown = new Map();
  for (const event of events) foldEvent(fold, event, grown);
  boundGrown(grown);
  return fold;
}

/** Merges the folds of two **disjoint** sets of events into a third; neither argument changes. */
export function mergeFolds(a: Fold, b: Fold): Fold {
  const merged = copyFold(a);
  const grown: Grown = new Map();
  if (b.newest) stretch(merged, b.oldest, b.newest);
  for (const facet of Object.keys(REGISTER_BOUNDS) as RegisterFacet[]) {
    const registers = (b[facet] ?? {}) as Registers<never>;
    for (const [key, register] of Object.entries(registers))
      writeRegister(merged, facet, key, register, grown);
  }
  for (const facet of COUNT_FACETS) {
    for (const [key, cells] of Object.entries(b[facet] ?? {})) {
      const into = cellsOf(merged, facet, key, grown);
      for (const [day, count] of Object.entries(cells)) addDay(merged, into, +day, count);
    }
  }
  for (const [id, order] of Object.entries(b.orders ?? {})) writeOrder(merged, id, order, grown);
  boundGrown(grown);
  return merged;
}

/** A deep copy; folds hold nothing but JSON. */
export function copyFold(fold: Fold): Fold {
  return JSON.parse(toJson(fold)) as Fold;
}

/** The fold's bytes with keys in order: equal folds have equal text. */
export function canonicalFold(fold: Fold): string {
  return JSON.stringify(fold, (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/** Widens the fold's span and, on a new day, drops the cells that the new horizon leaves behind. */
function stretch(fold: Fold, oldest: number, newest: number): void {
  const day = dayOf(fold.newest);
  // 0 is the fold of no events, so the first millisecond of all counts as the second.
  const first = Math.max(1, oldest);
  fold.oldest = fold.oldest ? Math.min(fold.oldest, first) : first;
  fold.newest = Math.max(fold.newest, first, newest);
  if (dayOf(fold.newest) !== day) for (const facet of COUNT_FACETS) ageOut(fold[facet] ?? {}, fold.newest);
}
