import { newest, smallestHash, type Bound } from "./bounded.ts";
import { addCount, dayOf, HORIZON_DAYS } from "./dayCounts.ts";
import type { CountFacet, Fold, RegisterFacet, RegisterFacets } from "./foldState.ts";
import { get, put } from "./keyed.ts";
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
export const COUNT_FACETS: readonly CountFacet[] = ["categories", "stores", "counters"];

const guardKeys = smallestHash(512);

/** Writes a register under the facet's bound. */
export function writeRegister<F extends RegisterFacet>(
  fold: Fold,
  facet: F,
  key: string,
  register: Register<RegisterFacets[F]>,
): void {
  const entries = ((fold as Record<string, unknown>)[facet] ??= {}) as Registers<RegisterFacets[F]>;
  const isNew = !Object.hasOwn(entries, key);
  setNewer(entries, key, register);
  if (isNew) REGISTER_BOUNDS[facet](entries);
}

/** Adds day cells that are inside the horizon; the key is kept either way. */
export function writeDays(fold: Fold, facet: CountFacet, key: string, cells: Record<string, number>): void {
  const counts = (fold[facet] ??= {});
  const isNew = !Object.hasOwn(counts, key);
  if (isNew) put(counts, key, {});
  const oldest = dayOf(fold.newest) - HORIZON_DAYS;
  for (const [day, count] of Object.entries(cells)) if (+day > oldest) addCount(counts, key, day, count);
  if (isNew) guardKeys(counts);
}

/** Merges what is known of one order. */
export function writeOrder(fold: Fold, id: string, order: OrderFold): void {
  const orders = (fold.orders ??= {});
  const old = get(orders, id);
  put(orders, id, mergeOrder(old, order));
  if (!old) guardKeys(orders);
}
