import type { ConsentState } from "../consent/purpose.ts";
import type { Json } from "../json.ts";
import { sizeVotes, type SizeVote } from "../sizes/votes.ts";
import { countSince, type DayCounts } from "./dayCounts.ts";
import type { CartLine, Category, Filter, Fold, ListLine } from "./foldState.ts";
import { get } from "./keyed.ts";
import type { OrderContent, OrderFold } from "./order.ts";
import type { Product } from "./product.ts";
import { compareStamps, type Register, type Registers, type Stamp } from "./register.ts";

/** Day counts as rules and people read them. */
export interface Count {
  day7: number;
  day30: number;
  total: number;
}

/** An order as people read it. */
export interface OrderView extends OrderContent {
  id: string;
  time: number;
  state: "kept" | "part_returned" | "returned" | "cancelled";
}

/**
 * What is known of one person, read from a fold at a time: the `profile.*` of conditions.
 * Lists are newest first. Facets without content are absent, so that `$exists` says the truth.
 */
export interface ProfileView {
  firstSeen?: number;
  lastSeen?: number;
  traits: Record<string, Json>;
  consent: Record<string, ConsentState>;
  lastViewed: { category?: Category; product?: Product };
  recent: Product[];
  categories: Record<string, Count>;
  searches: string[];
  filters: Filter[];
  sizes: SizeVote[];
  cart: { lines: CartLine[]; count: number; value?: number; currency?: string };
  lists: ListLine[];
  orders: OrderView[];
  orderCount: number;
  stores: { preferred?: string; visited: Record<string, Count> };
  tryOns: { product: Product; fit?: string }[];
  loyalty?: Json;
  surveys: { survey: string; score: number }[];
  counters: Record<string, Count>;
}

/** Reads a fold as of `now` (ms); decay and windows are applied here, never stored. */
export function profileView(fold: Fold, now: number): ProfileView {
  const last = fold.last ?? {};
  const category = last.category?.v as Category | undefined;
  const product = last.product?.v as Product | undefined;
  const preferred = last.store?.v as string | undefined;
  const orders = orderViews(fold);
  const lines = cartLines(fold).map((register) => register.v);
  return {
    ...(fold.newest ? { firstSeen: fold.oldest, lastSeen: fold.newest } : {}),
    traits: values(fold.traits),
    consent: values(fold.consent),
    lastViewed: {
      ...(category ? { category: { ...get(fold.links, category.id)?.v, ...category } } : {}),
      ...(product ? { product } : {}),
    },
    recent: newestFirst(fold.recent),
    categories: counts(fold.categories, now),
    searches: newestFirst(fold.searches),
    filters: newestFirst(fold.filters),
    sizes: sizeVotes(fold),
    cart: cartView(lines),
    lists: newestFirst(fold.lists).filter((line) => line.present),
    orders,
    orderCount: orders.filter((order) => order.state !== "cancelled").length,
    stores: { ...(preferred ? { preferred } : {}), visited: counts(fold.stores, now) },
    tryOns: newestFirst(fold.tryOns),
    ...(last.loyalty ? { loyalty: last.loyalty.v as Json } : {}),
    surveys: newestFirst(fold.surveys),
    counters: counts(fold.counters, now),
  };
}

/** The lines of all carts that no clearing or order hides, newest first, with the messages behind them. */
export function cartLines(fold: Fold): Register<CartLine>[] {
  const clearings = clearingOf(fold);
  return sorted(fold.cart).filter((line) => {
    const cleared = clearings.get(line.v.cart);
    return line.v.quantity > 0 && (!cleared || line.i === cleared.i || compareStamps(line, cleared) > 0);
  });
}

/** For each cart the newest moment at which it was emptied: by a snapshot, a clearing, or an order. */
function clearingOf(fold: Fold): Map<string, Stamp> {
  const clearings = new Map<string, Stamp>();
  const note = (cart: string, stamp: Stamp) => {
    const old = clearings.get(cart);
    if (!old || compareStamps(stamp, old) > 0) clearings.set(cart, stamp);
  };
  for (const [cart, register] of Object.entries(fold.cartCleared ?? {})) note(cart, register);
  for (const { first } of Object.values(fold.orders ?? {})) if (first?.v) note(first.v, first);
  return clearings;
}

function cartView(lines: CartLine[]): ProfileView["cart"] {
  const count = lines.reduce((sum, line) => sum + line.quantity, 0);
  const currency = lines[0]?.product.currency;
  const priced =
    lines.length > 0 &&
    lines.every(({ product }) => product.price !== undefined && product.currency === currency);
  // Cents, because 0.1 + 0.2 is not 0.3 on a price tag.
  const cents = lines.reduce(
    (sum, line) => sum + Math.round((line.product.price ?? 0) * 100) * line.quantity,
    0,
  );
  return {
    lines,
    count,
    ...(priced ? { value: cents / 100 } : {}),
    ...(priced && currency ? { currency } : {}),
  };
}

function orderViews(fold: Fold): OrderView[] {
  const views = Object.entries(fold.orders ?? {}).flatMap(([id, order]) =>
    order.first && order.content
      ? [{ id, time: order.first.t, state: orderState(order), ...order.content.v }]
      : [],
  );
  return views.sort((a, b) => b.time - a.time || (a.id < b.id ? -1 : 1));
}

function orderState({ cancelled, returned, content }: OrderFold): OrderView["state"] {
  if (cancelled) return "cancelled";
  if (!returned) return "kept";
  return Object.hasOwn(returned, "*") || Object.keys(returned).length >= content!.v.lines.length
    ? "returned"
    : "part_returned";
}

function counts(days: DayCounts | undefined, now: number): Record<string, Count> {
  return own(days, (cells) => ({
    day7: countSince(cells, now, 7),
    day30: countSince(cells, now, 30),
    total: countSince(cells, now),
  }));
}

const values = <T>(registers: Registers<T> | undefined): Record<string, T> =>
  own(registers, (register) => register.v);

/** Maps own entries; `fromEntries` defines keys, so `__proto__` stays a key. */
function own<T, U>(entries: Record<string, T> | undefined, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(entries ?? {}).map(([key, value]) => [key, map(value)]));
}

const newestFirst = <T>(registers: Registers<T> | undefined): T[] =>
  sorted(registers).map((register) => register.v);

/** Newest first. What one event said of several keys goes by key, because an object's own order is chance. */
function sorted<T>(registers: Registers<T> | undefined): Register<T>[] {
  const entries = Object.entries(registers ?? {});
  return entries
    .sort(([x, a], [y, b]) => compareStamps(b, a) || (x < y ? -1 : 1))
    .map(([, register]) => register);
}
