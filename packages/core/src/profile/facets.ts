import { isObject, numberOf, type TimedEvent } from "../event/event.ts";
import { PURPOSES, type ConsentState, type Purpose } from "../consent/purpose.ts";
import type { Json, JsonObject } from "../json.ts";
import { boundedText, cutText } from "./boundedText.ts";
import { dayOf } from "./dayCounts.ts";
import type { Fold, RegisterFacet, RegisterFacets, SizeSignal } from "./foldState.ts";
import type { OrderFold } from "./order.ts";
import { lineKey, productOf, productRows, type Product } from "./product.ts";
import { writeDays, writeOrder, writeRegister } from "./writeFold.ts";

/** The cart of a shop that has only one. */
export const DEFAULT_CART = "default";

/** Largest JSON text of one trait that is folded, in UTF-16 units; larger ones stay in the log only. */
const MAX_TRAIT = 1024;

/** Longest key of a trait or count, in UTF-16 units. */
const MAX_KEY = 128;

/** More of one article than anyone buys; sums of more could leave the range of JSON numbers. */
const MAX_QUANTITY = 1_000_000;

/** What a facet writer is given: where to write, what happened, and a shorthand for its properties. */
interface Writing {
  fold: Fold;
  event: TimedEvent;
  p: JsonObject;
}

/** Writes what an event says into the facets its consent allows. */
export function writeFacets(fold: Fold, event: TimedEvent): void {
  const writing: Writing = { fold, event, p: event.properties };
  const name = event.event ?? "";
  if (name === "Consent Updated") writeConsent(writing);
  if (granted(event, "analytics")) count(writing, "counters", event.type === "track" ? name : event.type);
  if (!granted(event, "personalization")) return;
  if (event.type === "identify") writeTraits(writing);
  if (event.context.store && boundedText(event.context.store.id))
    count(writing, "stores", boundedText(event.context.store.id)!);
  if (event.type === "track" && Object.hasOwn(WRITERS, name)) WRITERS[name]!(writing);
}

/** True when the purpose was granted at capture; foreign clients that say nothing answer for themselves. */
export function granted(event: TimedEvent, purpose: Purpose): boolean {
  const purposes: unknown = event.context.consent;
  return purposes === undefined || (Array.isArray(purposes) && purposes.includes(purpose));
}

/** What each event of the vocabulary writes: the Segment e-commerce spec v2, and a few of our own. */
const WRITERS: Record<string, (writing: Writing) => void> = {
  "Product Viewed": viewProduct,
  "Product List Viewed": viewList,
  "Product List Filtered": filterList,
  "Products Searched": search,
  "Product Added": (w) => changeCart(w, numberOf(w.p.quantity) ?? 1),
  "Product Removed": (w) => changeCart(w, 0),
  "Cart Viewed": viewCart,
  "Cart Cleared": (w) => register(w, "cartCleared", cartOf(w.p), true),
  "Order Completed": completeOrder,
  "Order Updated": (w) => order(w, { content: stamp(w, orderContent(w)) }),
  "Order Refunded": returnOrder,
  "Order Cancelled": (w) => order(w, { cancelled: stamp(w, true) }),
  "Product Added to Wishlist": (w) => changeList(w, true),
  "Product Removed from Wishlist": (w) => changeList(w, false),
  "Product Tried On": tryOn,
  "Store Selected": (w) => last(w, "store", boundedText(w.p.store_id)),
  "Loyalty Updated": (w) => last(w, "loyalty", small(w.p)),
  "Survey Answered": answerSurvey,
};

function stamp<T>({ event }: Writing, v: T): { t: number; i: string; v: T } {
  return { t: event.time, i: event.messageId, v };
}

function register<F extends RegisterFacet>(
  w: Writing,
  facet: F,
  key: string,
  value: RegisterFacets[F],
): void {
  writeRegister(w.fold, facet, key, stamp(w, value));
}

function last(w: Writing, key: string, value: RegisterFacets["last"] | undefined): void {
  if (value !== undefined) register(w, "last", key, value);
}

function count(w: Writing, facet: "categories" | "stores" | "counters", key: string): void {
  writeDays(w.fold, facet, cutText(key, MAX_KEY), { [dayOf(w.event.time)]: 1 });
}

function writeConsent(w: Writing): void {
  const purposes = isObject(w.p.purposes) ? w.p.purposes : {};
  for (const purpose of PURPOSES) {
    const word = purposes[purpose];
    if (word === "granted" || word === "denied") register(w, "consent", purpose, word as ConsentState);
  }
}

function writeTraits(w: Writing): void {
  for (const [key, value] of Object.entries(w.event.traits)) {
    const kept = small(value);
    if (kept !== undefined) register(w, "traits", cutText(key, MAX_KEY), kept);
  }
}

function small(value: Json | undefined): Json | undefined {
  return value !== undefined && JSON.stringify(value).length <= MAX_TRAIT ? value : undefined;
}

function viewProduct(w: Writing): void {
  const product = productOf(w.p, { url: w.event.context.page?.path });
  if (!product) return;
  register(w, "recent", product.id, product);
  last(w, "product", product);
  if (!product.category) return;
  last(w, "category", { id: product.category, name: product.categoryName ?? product.category });
  count(w, "categories", product.category);
}

function viewList(w: Writing): void {
  const id = boundedText(w.p.category_id) ?? boundedText(w.p.category);
  if (!id) return;
  const name = boundedText(w.p.category) ?? id;
  const url = boundedText(w.p.url) ?? boundedText(w.event.context.page?.path);
  const category = url ? { id, name, url } : { id, name };
  last(w, "category", category);
  register(w, "links", id, category);
}

function filterList(w: Writing): void {
  const category = boundedText(w.p.category_id) ?? boundedText(w.p.category) ?? "";
  for (const row of productRows(w.p.filters)) {
    const name = boundedText(row.type);
    const value = boundedText(row.value);
    if (!name || !value) continue;
    register(w, "filters", [category, name, value].join("|"), { category, name, value });
    if (name === "size") signal(w, "search", { ...sizeContext(w.p), category, size: value }, value);
  }
}

function search(w: Writing): void {
  const query = boundedText(w.p.query, 200);
  if (query) register(w, "searches", query.toLowerCase(), query);
}

/** Size facts that stand on the event itself, as a list page or a search gives them. */
function sizeContext(p: JsonObject): Partial<Product> {
  const { id: _, ...rest } = productOf({ ...p, product_id: "-" })!;
  return rest;
}

/** Keyed by message and label: one event may filter for several sizes, a repeat is another message. */
function signal(w: Writing, kind: SizeSignal["kind"], product: Partial<Product>, label: string): void {
  register(w, "signals", `${w.event.messageId}|${label}`, { kind, product });
}

const cartOf = (p: JsonObject) => boundedText(p.cart_id) ?? DEFAULT_CART;

function changeCart(w: Writing, fallback: number): void {
  const product = productOf(w.p);
  if (product) putInCart(w, product, numberOf(w.p.cart_quantity) ?? fallback, w.p.approximate === true);
}

function putInCart(w: Writing, product: Product, quantity: number, approximate: boolean): void {
  const cart = cartOf(w.p);
  const line = { cart, product, quantity: Math.round(boundedQuantity(quantity)) };
  register(w, "cart", `${cart}|${lineKey(product)}`, approximate ? { ...line, approximate } : line);
}

const boundedQuantity = (quantity: number) => Math.min(Math.max(0, quantity), MAX_QUANTITY);

/** A viewed cart is the whole truth: lines that are not in it are gone. */
function viewCart(w: Writing): void {
  if (!Array.isArray(w.p.products)) return;
  register(w, "cartCleared", cartOf(w.p), true);
  for (const { product, quantity } of lines(w)) putInCart(w, product, quantity, false);
}

/** The event's products, one line for each article and size. */
function lines({ p }: Writing): { product: Product; quantity: number }[] {
  const found = new Map<string, { product: Product; quantity: number }>();
  for (const row of productRows(p.products)) {
    const product = productOf(row, { currency: p.currency, gift: p.gift });
    if (!product) continue;
    const quantity = boundedQuantity(numberOf(row.quantity) ?? 1);
    const same = found.get(lineKey(product));
    if (same) same.quantity = boundedQuantity(same.quantity + quantity);
    else found.set(lineKey(product), { product, quantity });
  }
  return [...found.values()];
}

function order(w: Writing, part: OrderFold): void {
  const id = boundedText(w.p.order_id);
  if (id) writeOrder(w.fold, id, part);
}

function orderContent(w: Writing) {
  const { channel, store } = w.event.context;
  return {
    lines: lines(w),
    ...defined({ total: numberOf(w.p.total) ?? numberOf(w.p.value) ?? numberOf(w.p.revenue) }),
    ...defined({ currency: boundedText(w.p.currency), channel, store: boundedText(store?.id) }),
  };
}

function defined<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

function completeOrder(w: Writing): void {
  const inShop = w.event.context.channel === "pos" || w.event.context.channel === "store";
  order(w, { first: stamp(w, inShop ? null : cartOf(w.p)), content: stamp(w, orderContent(w)) });
}

function returnOrder(w: Writing): void {
  const returned: OrderFold["returned"] = {};
  const reason = boundedText(w.p.reason) ?? "";
  const rows = productRows(w.p.products);
  for (const row of rows) {
    const product = productOf(row);
    if (product) returned[lineKey(product)] = stamp(w, boundedText(row.reason) ?? reason);
  }
  if (rows.length === 0) returned["*"] = stamp(w, reason);
  order(w, { returned });
}

function changeList(w: Writing, present: boolean): void {
  const product = productOf(w.p);
  if (!product) return;
  const list = boundedText(w.p.wishlist_id) ?? "wishlist";
  const extra = defined({ author: boundedText(w.p.author), note: boundedText(w.p.note) });
  register(w, "lists", `${list}|${lineKey(product)}`, { list, product, present, ...extra });
  if (present && product.size) signal(w, "wish", product, product.size);
}

function tryOn(w: Writing): void {
  const product = productOf(w.p);
  if (!product) return;
  const fit = boundedText(w.p.fit);
  register(w, "tryOns", lineKey(product), fit ? { product, fit } : { product });
  if (fit === "fits" && product.size) signal(w, "fits", product, product.size);
}

function answerSurvey(w: Writing): void {
  const survey = boundedText(w.p.survey_id);
  const score = numberOf(w.p.score);
  if (survey && score !== undefined) register(w, "surveys", survey, { survey, score });
}
