import fc from "fast-check";
import type { Channel, TimedEvent } from "../../../packages/core/src/event/event.ts";
import type { Purpose } from "../../../packages/core/src/consent/purpose.ts";
import type { JsonObject } from "../../../packages/core/src/json.ts";
import { DAY_MS } from "../../../packages/core/src/profile/dayCounts.ts";

/** What an event says, before it gets a message id and a time. */
interface Said {
  type: TimedEvent["type"];
  event?: string;
  properties?: JsonObject;
  traits?: JsonObject;
  context?: TimedEvent["context"];
}

const NOW = Date.parse("2026-11-22T12:00:00Z");

// Few, so that they meet; hostile, because shops name things as they like.
const key = fc.constantFrom(
  "A",
  "B",
  "C",
  "A|B",
  "__proto__",
  "constructor",
  "toString",
  "",
  "7",
  "10",
  "żółć",
  "*",
);
const label = fc.constantFrom("M", "L", "38", "", undefined);
const amount = fc.constantFrom(0, 1, 2, -1, 0.1, 1e308, "3", "x", null, undefined);
const channel = fc.constantFrom<(Channel | undefined)[]>("web", "pos", "store", undefined);

const product = fc.record({
  product_id: fc.option(key, { nil: undefined, freq: 9 }),
  sku: fc.constantFrom("S1", undefined, undefined),
  category: fc.option(key, { nil: undefined }),
  category_id: fc.constantFrom("cat", undefined, undefined, undefined, undefined, undefined),
  price: amount,
  currency: fc.constantFrom("EUR", "USD", undefined),
  quantity: amount,
  size: label,
  size_system: fc.constantFrom("INT", "EU", undefined),
  size_group: fc.constantFrom("tops", "bottoms", undefined),
  gift: fc.constantFrom(true, false, undefined),
}) as fc.Arbitrary<JsonObject>;

const products = fc.option(fc.array(product, { maxLength: 4 }), { nil: undefined });

/** Tracks of a name, with properties of their own and perhaps those of a product. */
function track(
  event: string,
  own: Record<string, fc.Arbitrary<unknown>>,
  withProduct = false,
): fc.Arbitrary<Said> {
  const extra = fc.record(own) as fc.Arbitrary<JsonObject>;
  const properties = withProduct ? fc.tuple(product, extra).map(([a, b]) => ({ ...a, ...b })) : extra;
  return fc.record({ type: fc.constant("track" as const), event: fc.constant(event), properties });
}

/** Every event of the vocabulary, and some that are none. */
const vocabulary: fc.Arbitrary<Said>[] = [
  track("Product Viewed", {}, true),
  track("Product List Viewed", { category: key, url: fc.option(key, { nil: undefined }) }),
  track("Product List Filtered", {
    category: key,
    filters: fc.array(fc.record({ type: fc.constantFrom("size", "colour", "a|b"), value: key }), {
      maxLength: 4,
    }),
  }),
  track("Products Searched", { query: key }),
  track(
    "Product Added",
    { cart_id: fc.option(key, { nil: undefined }), cart_quantity: amount, approximate: fc.boolean() },
    true,
  ),
  track("Product Removed", { cart_id: fc.option(key, { nil: undefined }), cart_quantity: amount }, true),
  track("Cart Viewed", { cart_id: fc.option(key, { nil: undefined }), products }),
  track("Cart Cleared", { cart_id: fc.option(key, { nil: undefined }) }),
  track("Order Completed", {
    order_id: key,
    cart_id: fc.option(key, { nil: undefined }),
    products,
    total: amount,
  }),
  track("Order Updated", { order_id: key, products }),
  track("Order Refunded", { order_id: key, products, reason: fc.constantFrom("too small", undefined) }),
  track("Order Cancelled", { order_id: key }),
  track("Product Added to Wishlist", { wishlist_id: fc.option(key, { nil: undefined }), note: key }, true),
  track("Product Removed from Wishlist", { wishlist_id: fc.option(key, { nil: undefined }) }, true),
  track("Product Tried On", { fit: fc.constantFrom("fits", "too_small", undefined) }, true),
  track("Store Selected", { store_id: key }),
  track("Loyalty Updated", { level: key, points: amount }),
  track("Survey Answered", { survey_id: key, score: amount }),
  track("Consent Updated", {
    purposes: fc.record({
      analytics: fc.constantFrom("granted", "denied", "?"),
      marketing: fc.constantFrom("granted", "denied"),
    }),
  }),
  track("constructor", {}),
  fc.record({
    type: fc.constant("identify" as const),
    traits: fc.dictionary(key, fc.oneof(key, amount)),
  }),
  fc.record({ type: fc.constantFrom("page" as const, "screen" as const, "group" as const) }),
];

/** What one history is about: of all events at once, too few would ever meet on one facet. */
const themes = fc.oneof(
  fc.subarray(vocabulary, { minLength: 1, maxLength: 1 }),
  fc.subarray(vocabulary, { minLength: 2, maxLength: 4 }),
);

const surroundings = fc.record({
  channel,
  store: fc.option(fc.record({ id: key }), { nil: undefined, freq: 1 }),
  consent: fc.oneof(
    { weight: 9, arbitrary: fc.constant(undefined) },
    fc.constantFrom<Purpose[][]>(["analytics"], ["personalization"], []),
  ),
}) as fc.Arbitrary<TimedEvent["context"]>;

/** Equal times, neighbours, the same day, more than 400 days apart, and the first milliseconds there are. */
const time = fc.oneof(
  fc.constantFrom(NOW, NOW, NOW + 1, NOW - DAY_MS, 0, 1, 2),
  fc.integer({ min: 0, max: 900 }).map((days) => NOW - days * DAY_MS),
  fc.integer({ min: NOW - 3 * DAY_MS, max: NOW }),
);

const everyday = themes.chain((theme) =>
  fc.array(fc.tuple(fc.oneof(...theme), surroundings, time), { maxLength: 24, size: "max" }),
);

/** One event of each flood gets the number `i`; together they pass the bound of a facet. */
const FLOODS: Record<string, { size: number; of: (i: number) => Said }> = {
  traits: {
    size: 6,
    of: (i) => ({ type: "identify", traits: Object.fromEntries(keysFrom(i * 100, 150).map((k) => [k, i])) }),
  },
  recent: { size: 60, of: (i) => flood("Product Viewed", { product_id: `p${i}` }) },
  links: { size: 60, of: (i) => flood("Product List Viewed", { category: `c${i}`, url: "/" }) },
  searches: { size: 60, of: (i) => flood("Products Searched", { query: `q${i}` }) },
  filters: {
    size: 4,
    of: (i) =>
      flood("Product List Filtered", {
        filters: keysFrom(i * 20, 30).map((value) => ({ type: "size", value })),
      }),
  },
  signals: {
    size: 8,
    of: (i) =>
      flood("Product List Filtered", {
        filters: keysFrom(i * 9, 60).map((value) => ({ type: "size", value })),
      }),
  },
  cart: {
    size: 3,
    of: (i) => flood("Cart Viewed", { products: keysFrom(i * 40, 80).map((k) => ({ product_id: k })) }),
  },
  carts: { size: 25, of: (i) => flood("Cart Cleared", { cart_id: `c${i}` }) },
  lists: { size: 210, of: (i) => flood("Product Added to Wishlist", { product_id: `p${i}` }) },
  tryOns: { size: 60, of: (i) => flood("Product Tried On", { product_id: `p${i}`, fit: "fits", size: "M" }) },
  surveys: { size: 60, of: (i) => flood("Survey Answered", { survey_id: `s${i}`, score: i }) },
  returns: {
    size: 3,
    of: (i) =>
      flood("Order Refunded", {
        order_id: "o",
        products: keysFrom(i * 40, 60).map((k) => ({ product_id: k })),
      }),
  },
};

/** Floods of more than 512 keys, some of them twice; dear, so drawn seldom. */
const GREAT_FLOODS: typeof FLOODS = {
  categories: { size: 580, of: (i) => flood("Product Viewed", { product_id: "p", category: `c${i % 540}` }) },
  counters: { size: 580, of: (i) => flood(`Event ${i % 540}`, {}) },
  stores: { size: 580, of: (i) => ({ ...flood("Seen", {}), context: { store: { id: `s${i % 540}` } } }) },
  orders: {
    size: 540,
    of: (i) => flood("Order Completed", { order_id: `o${i}`, products: [{ product_id: "p" }] }),
  },
};

function flood(event: string, properties: JsonObject): Said {
  return { type: "track", event, properties };
}

function keysFrom(start: number, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `k${start + i}`);
}

function flooding(floods: typeof FLOODS): fc.Arbitrary<[Said, TimedEvent["context"], number][]> {
  return fc
    .tuple(fc.constantFrom(...Object.values(floods)), fc.integer({ min: 0, max: 450 }))
    .map(([{ size, of }, days]) =>
      // Times repeat and go back and forth, so that the newest are not simply the last.
      Array.from({ length: size }, (_, i) => [
        of(i),
        {},
        NOW - (((i * 37) % 11) * (days * DAY_MS)) / 11 - (i % 3),
      ]),
    );
}

const parts = fc.oneof(
  { weight: 120, arbitrary: everyday },
  { weight: 12, arbitrary: fc.tuple(everyday, flooding(FLOODS)).map((all) => all.flat()) },
  { weight: 1, arbitrary: flooding(GREAT_FLOODS) },
);

/** Histories of one person: sets of events with unique message ids whose order has nothing to do with time. */
export const histories: fc.Arbitrary<TimedEvent[]> = parts.map((all) =>
  // Through JSON, as on the wire: what is undefined is not there.
  (JSON.parse(JSON.stringify(all)) as typeof all).map(([one, context, at], i) => ({
    properties: {},
    traits: {},
    ...one,
    context: { ...context, ...one.context },
    messageId: `m${(i * 7919) % 10_007}`,
    timestamp: at,
    time: Math.round(at),
  })),
);
