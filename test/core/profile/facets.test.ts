import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { TimedEvent } from "../../../packages/core/src/event/event.ts";
import type { JsonObject } from "../../../packages/core/src/json.ts";
import { DAY_MS } from "../../../packages/core/src/profile/dayCounts.ts";
import { foldAll } from "../../../packages/core/src/profile/fold.ts";
import { joinFolds } from "../../../packages/core/src/profile/joinFolds.ts";
import { cartLines, profileView, type ProfileView } from "../../../packages/core/src/profile/profileView.ts";
import { shuffled, randomFrom } from "./lawfulness.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");
let made = 0;

/** An event `minutes` after NOW; message ids count up as tests call. */
function track(
  event: string,
  minutes: number,
  properties: JsonObject = {},
  more: Partial<TimedEvent> = {},
): TimedEvent {
  const time = NOW + minutes * 60_000;
  const messageId = `m${String(++made).padStart(5, "0")}`;
  return {
    type: "track",
    event,
    messageId,
    timestamp: time,
    time,
    properties,
    traits: {},
    context: {},
    ...more,
  };
}

/** The profile, folded in a random order, because order must not matter to any of these stories. */
function viewOf(...events: TimedEvent[]): ProfileView {
  return profileView(foldAll(shuffled(events, randomFrom(made))), NOW + DAY_MS);
}

const inCart = (view: ProfileView) =>
  view.cart.lines.map(({ product, quantity }) => `${product.id}×${quantity}`);

const add = (id: string, minutes: number, quantity = 1, more: JsonObject = {}) =>
  track("Product Added", minutes, { product_id: id, cart_quantity: quantity, ...more });

const reported = (minutes: number) =>
  track("Order Completed", minutes, { order_id: "o1", products: [{ product_id: "A" }] });

const ordered = (minutes: number, more: JsonObject = {}) =>
  track("Order Completed", minutes, {
    order_id: "o1",
    total: 30,
    products: [{ product_id: "A", size: "M" }, { product_id: "B" }],
    ...more,
  });

const viewed = (consent?: string[]) =>
  track(
    "Product Viewed",
    0,
    { product_id: "A", category: "skirts" },
    { context: consent ? ({ consent } as never) : {} },
  );

const word = (minutes: number, purposes: JsonObject) =>
  track("Consent Updated", minutes, { purposes }, { context: { consent: [] } });

const consented = (minutes: number, purposes: JsonObject) =>
  foldAll([track("Consent Updated", minutes, { purposes })]);

const wish = (id: string, minutes: number, more: JsonObject = {}) =>
  track("Product Added to Wishlist", minutes, { product_id: id, ...more });

const unwish = (id: string, minutes: number, more: JsonObject = {}) =>
  track("Product Removed from Wishlist", minutes, { product_id: id, ...more });

const names = (view: ProfileView) => view.lists.map(({ list, product }) => `${list}/${product.id}`);

const onDay = (days: number) => track("Seen", days * 24 * 60);

describe("the cart", () => {
  it("holds resulting quantities, newest line first, and what they cost", () => {
    const view = viewOf(
      add("A", 0, 1, { price: 0.1 }),
      add("B", 1, 1, { price: 0.2 }),
      add("A", 2, 3, { price: 0.1 }),
    );
    assert.deepEqual(inCart(view), ["A×3", "B×1"]);
    assert.deepEqual([view.cart.count, view.cart.value], [4, 0.5]);
  });

  it("tells apart the sizes of an article", () => {
    assert.deepEqual(inCart(viewOf(add("A", 0, 1, { size: "M" }), add("A", 1, 2, { size: "L" }))), [
      "A×2",
      "A×1",
    ]);
  });

  it("loses a line that was taken out, and gets it back later", () => {
    const out = track("Product Removed", 1, { product_id: "A", cart_quantity: 0 });
    assert.deepEqual(inCart(viewOf(add("A", 0), out)), []);
    assert.deepEqual(inCart(viewOf(add("A", 0), out, add("A", 2))), ["A×1"]);
  });

  it("keeps the rest when one of two pieces is removed", () => {
    const view = viewOf(add("A", 0, 2), track("Product Removed", 1, { product_id: "A", cart_quantity: 1 }));
    assert.deepEqual(inCart(view), ["A×1"]);
  });

  it("is what a viewed cart says, and nothing else", () => {
    const seen = track("Cart Viewed", 5, { products: [{ product_id: "B", quantity: 2 }] });
    assert.deepEqual(inCart(viewOf(add("A", 0), add("B", 1), seen)), ["B×2"]);
    assert.deepEqual(inCart(viewOf(add("A", 0), seen, add("C", 6))), ["C×1", "B×2"]);
    assert.deepEqual(inCart(viewOf(add("A", 0), track("Cart Viewed", 5, { products: [] }))), []);
  });

  it("is not touched by a viewed cart that does not say what is in it", () => {
    assert.deepEqual(inCart(viewOf(add("A", 0), track("Cart Viewed", 5))), ["A×1"]);
  });

  it("is empty after an order, and fills again", () => {
    const order = track("Order Completed", 5, { order_id: "o1", products: [{ product_id: "A" }] });
    assert.deepEqual(inCart(viewOf(add("A", 0), add("B", 1), order)), []);
    assert.deepEqual(inCart(viewOf(add("A", 0), order, add("C", 6))), ["C×1"]);
  });

  it("survives a reload of the thank-you page: the order dates from its first report", () => {
    const view = viewOf(add("A", 0), reported(5), add("C", 6), reported(60));
    assert.deepEqual(inCart(view), ["C×1"]);
    assert.equal(view.orderCount, 1);
    assert.equal(view.orders[0]!.time, NOW + 5 * 60_000);
  });

  it("is not emptied by a purchase at a till", () => {
    const till = track(
      "Order Completed",
      5,
      { order_id: "t1", products: [{ product_id: "Z" }] },
      { context: { channel: "pos" } },
    );
    assert.deepEqual(inCart(viewOf(add("A", 0), till)), ["A×1"]);
  });

  it("is one of several where the shop has several", () => {
    const order = track("Order Completed", 5, { order_id: "o1", cart_id: "web", products: [] });
    assert.deepEqual(
      inCart(viewOf(add("A", 0, 1, { cart_id: "web" }), add("B", 1, 1, { cart_id: "club" }), order)),
      ["B×1"],
    );
  });

  it("says which event stands behind a line, and that a foreign delta made it approximate", () => {
    const event = add("A", 0, 2, { approximate: true });
    const [line] = cartLines(foldAll([event]));
    assert.equal(line!.i, event.messageId);
    assert.equal(line!.v.approximate, true);
  });

  it("cannot be filled with more than numbers hold", () => {
    const huge = { product_id: "A", quantity: 1e308 };
    assert.equal(viewOf(track("Cart Viewed", 0, { products: [huge, huge] })).cart.count, 1_000_000);
  });
});

describe("orders", () => {
  it("are returned in part, or as a whole, also when the return comes first", () => {
    const part = track("Order Refunded", -5, { order_id: "o1", products: [{ product_id: "A", size: "M" }] });
    assert.equal(viewOf(ordered(0), part).orders[0]!.state, "part_returned");
    assert.equal(
      viewOf(ordered(0), track("Order Refunded", -5, { order_id: "o1" })).orders[0]!.state,
      "returned",
    );
  });

  it("that were only returned are none", () => {
    assert.deepEqual(viewOf(track("Order Refunded", 0, { order_id: "o1" })).orders, []);
  });

  it("that were cancelled are shown but not counted", () => {
    const view = viewOf(ordered(0), track("Order Cancelled", 1, { order_id: "o1" }));
    assert.deepEqual([view.orders[0]!.state, view.orderCount], ["cancelled", 0]);
  });

  it("say what they last said", () => {
    const updated = track("Order Updated", 5, {
      order_id: "o1",
      total: 20,
      products: [{ product_id: "A", size: "M" }],
    });
    const [one] = viewOf(ordered(0), updated).orders;
    assert.deepEqual([one!.total, one!.lines.length, one!.time], [20, 1, NOW]);
  });
});

describe("consent", () => {
  it("gates what an event folds into, purpose by purpose", () => {
    assert.deepEqual(viewOf(viewed(["analytics"])).recent, []);
    assert.equal(viewOf(viewed(["analytics"])).counters["Product Viewed"]!.total, 1);
    assert.equal(viewOf(viewed(["personalization"])).recent.length, 1);
    assert.deepEqual(viewOf(viewed(["personalization"])).counters, {});
    assert.deepEqual(viewOf(viewed(["marketing"])).recent, []);
    assert.deepEqual(viewOf(viewed([])).counters, {});
  });

  it("is the sender's own affair when it says nothing", () => {
    assert.equal(viewOf(viewed()).lastViewed.category!.id, "skirts");
  });

  it("is always kept itself, the newest word for each purpose", () => {
    const view = viewOf(
      word(0, { analytics: "granted", marketing: "granted" }),
      word(1, { marketing: "denied", camera: "maybe" }),
    );
    assert.deepEqual(view.consent, { analytics: "granted", marketing: "denied" });
  });

  it("is the stricter word where identities are joined, purpose by purpose", () => {
    const joined = joinFolds([
      consented(0, { analytics: "denied", marketing: "granted" }),
      consented(5, { analytics: "granted", marketing: "granted" }),
    ]);
    assert.deepEqual(profileView(joined, NOW).consent, { analytics: "denied", marketing: "granted" });
  });
});

describe("lists", () => {
  it("lose what a removal names, and only that", () => {
    assert.deepEqual(names(viewOf(wish("A", 0), wish("B", 1), unwish("A", 2))), ["wishlist/B"]);
  });

  it("take back what was removed and wished for again", () => {
    assert.deepEqual(names(viewOf(wish("A", 0), unwish("A", 1), wish("A", 2))), ["wishlist/A"]);
  });

  it("are apart from each other, and keep author and note", () => {
    const view = viewOf(
      wish("A", 0, { wishlist_id: "birthday", author: "Ola", note: "in red" }),
      unwish("A", 1),
    );
    assert.deepEqual(names(view), ["birthday/A"]);
    assert.deepEqual([view.lists[0]!.author, view.lists[0]!.note], ["Ola", "in red"]);
  });
});

describe("counts", () => {
  it("are by day, and gone 400 days before the newest one", () => {
    const view = viewOf(onDay(0), onDay(-5), onDay(-20), onDay(-399), onDay(-400), onDay(-900));
    assert.deepEqual(view.counters.Seen, { day7: 2, day30: 3, total: 4 });
  });
});

describe("what was viewed", () => {
  it("is remembered as the last category and product, with the address of the category's list", () => {
    const list = track("Product List Viewed", 0, { category: "skirts", url: "/skirts" });
    const view = viewOf(list, track("Product Viewed", 1, { product_id: "B4", category: "skirts" }));
    assert.deepEqual(view.lastViewed.category, { id: "skirts", name: "skirts", url: "/skirts" });
    assert.equal(view.lastViewed.product!.id, "B4");
  });

  it("keeps the newest 50 products, whatever they are called", () => {
    const views = Array.from({ length: 60 }, (_, i) =>
      track("Product Viewed", i, { product_id: i === 59 ? "__proto__" : `p${i}` }),
    );
    const { recent } = viewOf(...views);
    assert.equal(recent.length, 50);
    assert.deepEqual([recent[0]!.id, recent[1]!.id, recent[49]!.id], ["__proto__", "p58", "p10"]);
  });

  it("lends its picture and address to the line of the cart that has none", () => {
    const seen = { product_id: "A", name: "Skirt", image_url: "/a.svg", url: "/p/A" };
    const { cart } = viewOf(track("Product Viewed", 0, seen), add("A", 1, 1, { size: "M" }));
    assert.equal(cart.lines[0]!.product.image, "/a.svg");
    assert.equal(cart.lines[0]!.product.size, "M");
  });

  it("is bounded text: half a pair of surrogates is never kept", () => {
    const name = `${"x".repeat(511)}😀`;
    const [product] = viewOf(track("Product Viewed", 0, { product_id: "A", name })).recent;
    assert.equal(product!.name, "x".repeat(511));
  });
});
