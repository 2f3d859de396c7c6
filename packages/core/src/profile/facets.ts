import { isObject, numberOf, type TimedEvent } from "../event/event.ts";
import { PURPOSES, type Purpose } from "../consent/purpose.ts";
import type { Json, JsonObject } from "../json.ts";
import { boundedText, cutText } from "./boundedText.ts";
import { dayOf } from "./dayCounts.ts";
import type { CountFacet, Fold, RegisterFacet, RegisterFacets, SizeSignal } from "./foldState.ts";
import type { OrderFold, OrderLine } from "./order.ts";
import { lineKey, productOf, productRows, type Product } from "./product.ts";
import { addDay, cellsOf, writeOrder, writeRegister, type Grown } from "./writeFold.ts";

/** The cart of a shop that has only one. */
export const DEFAULT_CART = "default";

/** Largest JSON text of one trait that is folded, in UTF-16 units; larger ones stay in the log only. */
const MAX_TRAIT = 1024;

/** Longest key of a trait or count, in UTF-16 units. */
const MAX_KEY = 128;

/** More of one article than anyone buys; sums of more could leave the range of JSON numbers. */
const MAX_QUANTITY = 1_000_000;

/** True when the purpose was granted at capture; foreign clients that say nothing answer for themselves. */
export function granted({ context }: TimedEvent, purpose: Purpose): boolean {
  const purposes: unknown = context.consent;
  return purposes === undefined || (Array.isArray(purposes) && purposes.includes(purpose));
}

/**
 * Writes what an event says into the facets its consent allows. One switch over the vocabulary: the Segment
 * e-commerce spec v2, and a few events of our own.
 */
export function writeFacets(fold: Fold, happened: TimedEvent, grown: Grown): void {
  const { type, event = "", properties: p, traits, context, time: t, messageId: i } = happened;
  const stamp = <T>(v: T) => ({ t, i, v });
  const text = (name: string) => boundedText(p[name]);
  const set = <F extends RegisterFacet>(facet: F, key: string, value: RegisterFacets[F] | undefined) => {
    if (value !== undefined) writeRegister(fold, facet, key, stamp(value), grown);
  };
  const count = (facet: CountFacet, key: string) =>
    addDay(fold, cellsOf(fold, facet, cutText(key, MAX_KEY), grown), dayOf(t), 1);
  /** Keyed by message and label: one event may name several sizes, a repeat is another message. */
  const signal = (kind: SizeSignal["kind"], product: Partial<Product>) => {
    if (product.size) set("signals", `${i}|${product.size}`, { kind, product });
  };
  const cart = text("cart_id") ?? DEFAULT_CART;
  const putInCart = (product: Product, quantity: number, approximate?: true) =>
    set("cart", `${cart}|${lineKey(product)}`, {
      cart,
      product,
      quantity: Math.round(boundedQuantity(quantity)),
      approximate,
    });
  const order = (part: OrderFold) => {
    const id = text("order_id");
    if (id) writeOrder(fold, id, part, grown);
  };
  const content = () =>
    stamp({
      lines: linesOf(p),
      total: numberOf(p.total ?? p.value ?? p.revenue),
      currency: text("currency"),
      channel: context.channel,
      store: boundedText(context.store?.id),
    });

  if (event === "Consent Updated" && isObject(p.purposes)) {
    for (const purpose of PURPOSES) {
      const word = p.purposes[purpose];
      if (word === "granted" || word === "denied") set("consent", purpose, word);
    }
  }
  if (granted(happened, "analytics")) {
    count("counters", type === "track" ? event : type);
    const isDismissed = event === "Survey Dismissed";
    if (type === "track" && (isDismissed || event === "Survey Answered")) {
      const survey = text("survey_id");
      const score = isDismissed ? null : numberOf(p.score);
      return survey && score !== undefined ? set("surveys", survey, { survey, score }) : undefined;
    }
  }
  if (!granted(happened, "personalization")) return;
  const store = boundedText(context.store?.id);
  if (store) count("stores", store);
  if (type === "identify") {
    for (const [key, value] of Object.entries(traits)) set("traits", cutText(key, MAX_KEY), small(value));
  }
  if (type !== "track") return;

  const category = text("category_id") ?? text("category");
  switch (event) {
    case "Product List Viewed":
      if (category) {
        const url = text("url") ?? boundedText(context.page?.path);
        const seen = { id: category, name: text("category") ?? category, url };
        set("last", "category", seen);
        set("links", category, seen);
      }
      return;
    case "Product List Filtered":
      for (const row of productRows(p.filters)) {
        const name = boundedText(row.type);
        const value = boundedText(row.value);
        if (!name || !value) continue;
        const filter = { category: category ?? "", name, value };
        set("filters", [filter.category, name, value].join("|"), filter);
        // Size facts stand on the event itself; there is no article yet.
        const { id: _, ...article } = productOf({ ...p, product_id: "-" })!;
        if (name === "size") signal("search", { ...article, size: value });
      }
      return;
    case "Products Searched": {
      const query = boundedText(p.query, 200);
      if (query) set("searches", query.toLowerCase(), query);
      return;
    }
    case "Cart Viewed": // The whole truth: lines that are not in it are gone.
      if (Array.isArray(p.products)) {
        set("cartCleared", cart, true);
        for (const line of linesOf(p)) putInCart(line.product, line.quantity);
      }
      return;
    case "Cart Cleared":
      return set("cartCleared", cart, true);
    case "Order Completed": {
      const isInShop = context.channel === "pos" || context.channel === "store";
      return order({ first: stamp(isInShop ? null : cart), content: content() });
    }
    case "Order Updated":
      return order({ content: content() });
    case "Order Cancelled":
      return order({ cancelled: stamp(true) });
    case "Order Refunded": {
      const reason = text("reason") ?? "";
      const rows = productRows(p.products);
      const returned = rows.flatMap((row) => {
        const line = productOf(row);
        return line ? [[lineKey(line), stamp(boundedText(row.reason) ?? reason)]] : [];
      });
      return order({ returned: Object.fromEntries(rows[0] ? returned : [["*", stamp(reason)]]) });
    }
    case "Content Shown": {
      const rule = text("rule");
      return rule ? count("shown", rule) : undefined;
    }
    case "Store Selected":
      return set("last", "store", text("store_id"));
    case "Loyalty Updated":
      return set("last", "loyalty", small(p));
  }

  // Only a viewed product stands on the page it was viewed on.
  const product = productOf(p, event === "Product Viewed" ? { url: context.page?.path } : {});
  if (!product) return;
  const isOn = event.startsWith("Product Added");
  switch (event) {
    case "Product Viewed":
      set("recent", product.id, product);
      set("last", "product", product);
      if (category) {
        set("last", "category", { id: category, name: product.categoryName ?? category });
        count("categories", category);
      }
      return;
    case "Product Added":
    case "Product Removed": {
      const quantity = numberOf(p.cart_quantity) ?? (isOn ? (numberOf(p.quantity) ?? 1) : 0);
      return putInCart(product, quantity, p.approximate === true || undefined);
    }
    case "Product Added to Wishlist":
    case "Product Removed from Wishlist": {
      const list = text("wishlist_id") ?? "wishlist";
      const line = { list, product, present: isOn, author: text("author"), note: text("note") };
      set("lists", `${list}|${lineKey(product)}`, line);
      if (isOn) signal("wish", product);
      return;
    }
    case "Product Tried On": {
      const fit = text("fit");
      set("tryOns", lineKey(product), { product, fit });
      if (fit === "fits") signal("fits", product);
    }
  }
}

const boundedQuantity = (quantity: number) => Math.min(Math.max(0, quantity), MAX_QUANTITY);

function small(value: Json | undefined): Json | undefined {
  return value !== undefined && JSON.stringify(value).length <= MAX_TRAIT ? value : undefined;
}

/** The event's products, one line for each article and size. */
function linesOf({ products, currency, gift }: JsonObject): OrderLine[] {
  const found = new Map<string, OrderLine>();
  for (const row of productRows(products)) {
    const product = productOf(row, { currency, gift });
    if (!product) continue;
    const key = lineKey(product);
    const quantity = (found.get(key)?.quantity ?? 0) + boundedQuantity(numberOf(row.quantity) ?? 1);
    found.set(key, { product: found.get(key)?.product ?? product, quantity: boundedQuantity(quantity) });
  }
  return [...found.values()];
}
