import type { ConsentState } from "../consent/purpose.ts";
import type { Json } from "../json.ts";
import { sizeVotes, type SizeVote } from "../sizes/votes.ts";
import { countSince, type DayCounts } from "./dayCounts.ts";
import type { CartLine, Category, Filter, Fold, ListLine } from "./foldState.ts";
import { get } from "./keyed.ts";
import type { OrderContent, OrderFold } from "./order.ts";
import type { Product } from "./product.ts";
import { compareStamps, type Register, type Registers } from "./register.ts";

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
  firstSeen?: number | undefined;
  lastSeen?: number | undefined;
  traits: Record<string, Json>;
  consent: Record<string, ConsentState>;
  lastViewed: { category?: Category | undefined; product?: Product | undefined };
  recent: Product[];
  categories: Record<string, Count>;
  searches: string[];
  filters: Filter[];
  sizes: SizeVote[];
  cart: { lines: CartLine[]; count: number; value?: number; currency?: string | undefined };
  lists: ListLine[];
  orders: OrderView[];
  orderCount: number;
  stores: { preferred?: string | undefined; visited: Record<string, Count> };
  tryOns: { product: Product; fit?: string | undefined }[];
  loyalty?: Json | undefined;
  /** `null`: she did not want to be asked. */
  surveys: { survey: string; score: number | null }[];
  counters: Record<string, Count>;
}

/** Reads a fold as of `now` (ms); decay and windows are applied here, never stored. */
export function profileView(fold: Fold, now: number): ProfileView {
  const { category, product, store, loyalty } = fold.last ?? {};
  const viewed = category?.v as Category | undefined;
  const orders = orderViews(fold);
  /** A line says little of its article; what is known from looking at it fills in picture and address. */
  const known = <T extends { product: Product }>({ v }: Register<T>): T => ({
    ...v,
    product: { ...get(fold.recent, v.product.id)?.v, ...v.product },
  });
  const count = (days: DayCounts = {}) =>
    mapOwn(days, (cells) => ({
      day7: countSince(cells, now, 7),
      day30: countSince(cells, now, 30),
      total: countSince(cells, now),
    }));
  return {
    firstSeen: fold.oldest || undefined,
    lastSeen: fold.newest || undefined,
    traits: mapOwn(fold.traits, valueOf),
    consent: mapOwn(fold.consent, valueOf),
    lastViewed: {
      category: viewed && { ...viewed, url: viewed.url ?? get(fold.links, viewed.id)?.v.url },
      product: product?.v as Product | undefined,
    },
    recent: newestFirst(fold.recent).map(valueOf),
    categories: count(fold.categories),
    searches: newestFirst(fold.searches).map(valueOf),
    filters: newestFirst(fold.filters).map(valueOf),
    sizes: sizeVotes(fold),
    cart: cartView(cartLines(fold).map(known)),
    lists: newestFirst(fold.lists)
      .map(known)
      .filter((line) => line.present),
    orders,
    orderCount: orders.filter((order) => order.state !== "cancelled").length,
    stores: { preferred: store?.v as string | undefined, visited: count(fold.stores) },
    tryOns: newestFirst(fold.tryOns).map(valueOf),
    loyalty: loyalty?.v as Json | undefined,
    surveys: newestFirst(fold.surveys).map(valueOf),
    counters: count(fold.counters),
  };
}

/** The lines of all carts that no snapshot, clearing or order hides, newest first, with the messages behind them. */
export function cartLines(fold: Fold): Register<CartLine>[] {
  const cleared = Object.entries(fold.cartCleared ?? {}).map(([cart, { t, i }]) => ({ cart, t, i }));
  for (const { first } of Object.values(fold.orders ?? {}))
    if (first?.v) cleared.push({ ...first, cart: first.v });
  return newestFirst(fold.cart).filter(
    (line) =>
      line.v.quantity > 0 &&
      !cleared.some(
        ({ cart, t, i }) => cart === line.v.cart && i !== line.i && compareStamps({ t, i }, line) > 0,
      ),
  );
}

function cartView(lines: CartLine[]): ProfileView["cart"] {
  const currency = lines[0]?.product.currency;
  const isPriced =
    lines[0] && lines.every(({ product }) => product.price !== undefined && product.currency === currency);
  let count = 0;
  // Cents, because 0.1 + 0.2 is not 0.3 on a price tag.
  let cents = 0;
  for (const { product, quantity } of lines) {
    count += quantity;
    cents += Math.round((product.price ?? 0) * 100) * quantity;
  }
  return { lines, count, ...(isPriced && { value: cents / 100, currency }) };
}

function orderViews(fold: Fold): OrderView[] {
  const views = Object.entries(fold.orders ?? {}).flatMap(([id, order]) => {
    const { first, content } = order;
    return first && content ? [{ ...content.v, id, time: first.t, state: stateOf(order) }] : [];
  });
  return views.sort((a, b) => b.time - a.time || (a.id < b.id ? -1 : 1));
}

function stateOf({ cancelled, returned, content }: OrderFold): OrderView["state"] {
  if (cancelled) return "cancelled";
  if (!returned) return "kept";
  const isWhole = Object.hasOwn(returned, "*") || Object.keys(returned).length >= content!.v.lines.length;
  return isWhole ? "returned" : "part_returned";
}

const valueOf = <T>(register: Register<T>): T => register.v;

/** Maps own entries; `fromEntries` defines keys, so `__proto__` stays a key. */
function mapOwn<T, U>(entries: Record<string, T> = {}, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, map(value)]));
}

/** Newest first. What one event said of several keys goes by key, because an object's own order is chance. */
function newestFirst<T>(registers: Registers<T> = {}): Register<T>[] {
  return Object.keys(registers)
    .sort((a, b) => compareStamps(registers[b]!, registers[a]!) || (a < b ? -1 : 1))
    .map((key) => registers[key]!);
}
