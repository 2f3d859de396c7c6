import { newest, smallestHash, type Bound } from "./bounded.ts";
import { dayOf, HORIZON_DAYS } from "./dayCounts.ts";
import type { CountFacet, Fold, RegisterFacet, RegisterFacets } from "./foldState.ts";
import { get, put, type Keyed } from "./keyed.ts";
import { mergeOrder, type OrderFold } from "./order.ts";
import { setNewer, type Register, type Registers } from "./register.ts";

/** How each register facet is bounded. By hash where every key matters, by time where the newest do. */
export const REGISTER_BOUNDS: Record<RegisterFacet, Bound> = {
  last: newest(4),
  consent: smallestHash(16),
  traits: smallestHash(512),
  recent: newest(50),
  links: newest(50),
  searches: newest(50),
  filters: newest(50),
  signals: newest(200),
  cart: newest(100),
  cartCleared: newest(20),
  lists: newest(200),
  tryOns: newest(50),
  surveys: newest(50),
};

/** The facets counted by day. */
export const COUNT_FACETS: readonly CountFacet[] = ["categories", "stores", "counters", "shown"];

const guardKeys = smallestHash(512);

/** The facets that got new keys, each with its bound: kept once after many writes, it leaves the same keys. */
export type Grown = Map<Keyed<unknown>, Bound>;

/** Brings all facets that grew back under their bounds. */
export function boundGrown(grown: Grown): void {
  for (const [entries, bound] of grown) bound(entries);
}

/** Writes a register. */
export function writeRegister<F extends RegisterFacet>(
  fold: Fold,
  facet: F,
  key: string,
  register: Register<RegisterFacets[F]>,
  grown: Grown,
): void {
  const entries = ((fold as Record<string, unknown>)[facet] ??= {}) as Registers<RegisterFacets[F]>;
  if (setNewer(entries, key, register)) grown.set(entries, REGISTER_BOUNDS[facet]);
}

/** The day cells of a key; a key without any is kept too. */
export function cellsOf(fold: Fold, facet: CountFacet, key: string, grown: Grown): Record<string, number> {
  const counts = (fold[facet] ??= {});
  let cells = get(counts, key);
  if (!cells) {
    put(counts, key, (cells = {}));
    grown.set(counts, guardKeys);
  }
  return cells;
}

/** Adds to a day cell, if the day is inside the horizon. */
export function addDay(fold: Fold, cells: Record<string, number>, day: number, count: number): void {
  if (day > dayOf(fold.newest) - HORIZON_DAYS) cells[day] = (cells[day] ?? 0) + count;
}

/** Merges what is known of one order. */
export function writeOrder(fold: Fold, id: string, order: OrderFold, grown: Grown): void {
  const orders = (fold.orders ??= {});
  const old = get(orders, id);
  put(orders, id, mergeOrder(old, order));
  if (!old) grown.set(orders, guardKeys);
}
