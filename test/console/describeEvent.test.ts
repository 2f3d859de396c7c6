import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { describeEvent, searchTextOf, type SlimEvent } from "@vitrine/console";

const event = (more: Partial<SlimEvent>): SlimEvent => ({
  type: "track",
  messageId: "m",
  properties: {},
  traits: {},
  context: {},
  ...more,
});

const words = (more: Partial<SlimEvent>) => {
  const { phrase, subject, detail } = describeEvent(event(more));
  return [phrase, subject, detail];
};

describe("an event in words", () => {
  it("names a product with what was chosen of it and its price", () => {
    const properties = {
      product_id: "B4",
      name: "Midi skirt",
      variant: "olive",
      size: "M",
      quantity: 2,
      price: 52,
      currency: "EUR",
    };
    assert.deepEqual(words({ event: "Product Added", properties }), [
      "Put into the cart",
      "Midi skirt",
      "olive · M · × 2 · €52.00",
    ]);
  });

  it("names an order by its id and total", () => {
    const properties = { order_id: "A-1", total: 99.5, currency: "USD", products: [{ name: "x" }] };
    assert.deepEqual(words({ event: "Order Completed", properties }), ["Ordered", "A-1", "$99.50"]);
  });

  it("names a list of products by its first and the number of others", () => {
    const products = [{ name: "Skirt" }, { name: "Blouse" }, { product_id: "3" }];
    assert.deepEqual(words({ event: "Cart Viewed", properties: { products } }).slice(0, 2), [
      "Looked into the cart",
      "Skirt + 2",
    ]);
  });

  it("names a list, and the rule behind content that was shown", () => {
    const properties = { item_list_name: "You may also like", products: [{ name: "Skirt" }] };
    assert.deepEqual(words({ event: "Product List Viewed", properties }).slice(0, 2), [
      "Saw the list",
      "You may also like",
    ]);
    const shown = { rule: "home-continue", placement: "home-hero", version: 3 };
    assert.deepEqual(words({ event: "Content Shown", properties: shown }).slice(0, 2), [
      "Was shown the rule",
      "home-continue",
    ]);
  });

  it("names a page by its title, then by its path", () => {
    assert.deepEqual(words({ type: "page", context: { page: { title: "Home", path: "/" } } }).slice(0, 2), [
      "Opened the page",
      "Home",
    ]);
    assert.deepEqual(words({ type: "page", properties: { path: "/a" } })[1], "/a");
  });

  it("says who somebody says to be, and what was allowed", () => {
    assert.deepEqual(words({ type: "identify", userId: "anna" }).slice(0, 2), ["Said who they are", "anna"]);
    const properties = { purposes: { analytics: "granted", marketing: "denied", camera: "pending" } };
    assert.equal(
      words({ event: "Consent Updated", properties })[1],
      "granted: analytics; refused: marketing",
    );
  });

  it("calls what it does not know by the event's own name", () => {
    assert.deepEqual(words({ event: "Gift Wrapped", properties: { name: "Box" } }).slice(0, 2), [
      "Gift Wrapped",
      "Box",
    ]);
    assert.equal(words({ event: "constructor" })[0], "constructor");
    assert.equal(words({ type: "odd" })[0], "odd");
  });

  it("never fails on values of the wrong kind", () => {
    const properties = {
      name: 7,
      products: ["x"],
      purposes: 3,
      price: "cheap",
      quantity: null,
      currency: "not a currency",
      total: 1,
    };
    assert.deepEqual(words({ event: "Product Viewed", properties }), ["Looked at", "7", "1 not a currency"]);
  });

  it("is found by its words, channel and visitor", () => {
    const text = searchTextOf(
      event({ event: "Product Viewed", properties: { name: "Midi skirt" } }),
      "d_abc",
    );
    for (const needle of ["looked at", "midi", "web", "d_abc", "product viewed"])
      assert.ok(text.includes(needle), needle);
  });
});
