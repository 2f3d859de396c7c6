import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Json, JsonObject } from "../../../packages/core/src/index.ts";
import { translateGa4 } from "../../../packages/browser/src/sources/ga4.ts";
import type { SourceEvent } from "../../../packages/browser/src/sources/sourceEvent.ts";
import { toGa4 } from "./toGa4.ts";

const newId = () => "link-1";

const SEGMENT_NAMES: [ga4: string, segment: string][] = [
  ["view_item_list", "Product List Viewed"],
  ["select_item", "Product Clicked"],
  ["view_item", "Product Viewed"],
  ["add_to_wishlist", "Product Added to Wishlist"],
  ["add_to_cart", "Product Added"],
  ["remove_from_cart", "Product Removed"],
  ["view_cart", "Cart Viewed"],
  ["begin_checkout", "Checkout Started"],
  ["add_shipping_info", "Checkout Step Completed"],
  ["add_payment_info", "Payment Info Entered"],
  ["purchase", "Order Completed"],
  ["refund", "Order Refunded"],
  ["view_promotion", "Promotion Viewed"],
  ["select_promotion", "Promotion Clicked"],
  ["search", "Products Searched"],
  ["view_search_results", "Products Searched"],
];

const SHIRT: JsonObject = {
  item_id: "S1",
  item_name: "Shirt",
  item_brand: "Maude",
  item_category: "Women",
  item_category2: "Blouses",
  item_variant: "white",
  price: 39.5,
  quantity: 2,
  index: 3,
  size: "M",
  size_system: "INT",
  size_group: "tops",
  department: "women",
};

const propertiesOf = (event: string, params: JsonObject) =>
  translateGa4(event, params, newId).map((one) => one.properties);

const categoryOf = (name: string, items: JsonObject[]) =>
  propertiesOf("view_item_list", { item_list_name: name, items })[0]!["category"];

describe("translating GA4 e-commerce events", () => {
  for (const [ga4, segment] of SEGMENT_NAMES) {
    it(`calls ${ga4} "${segment}"`, () => {
      const [event] = translateGa4(ga4, { items: [SHIRT] }, newId);
      assert.deepEqual([event!.type, event!.name], ["track", segment]);
      assert.deepEqual(event!.context, { ...event!.context, source: "dataLayer" });
    });
  }

  it("leaves other events alone", () => {
    for (const name of ["gtm.js", "page_view", "login", "constructor", "__proto__"])
      assert.deepEqual(translateGa4(name, {}, newId), []);
  });

  it("gives a product Segment's names, its deepest category, and the parameters beside it", () => {
    assert.deepEqual(propertiesOf("add_to_cart", { currency: "EUR", value: 79, items: [SHIRT] }), [
      {
        product_id: "S1",
        name: "Shirt",
        brand: "Maude",
        item_category: "Women",
        category: "Blouses",
        variant: "white",
        price: 39.5,
        quantity: 2,
        position: 3,
        size: "M",
        size_system: "INT",
        size_group: "tops",
        department: "women",
        currency: "EUR",
        value: 79,
      },
    ]);
  });

  it("makes an order of a purchase", () => {
    const params = {
      transaction_id: "T-1",
      value: 79,
      tax: 4,
      shipping: 5,
      currency: "EUR",
      coupon: "MAY",
      items: [SHIRT],
    };
    const [order] = propertiesOf("purchase", params);
    const { products, ...rest } = order!;
    assert.deepEqual(rest, {
      order_id: "T-1",
      revenue: 79,
      tax: 4,
      shipping: 5,
      currency: "EUR",
      coupon: "MAY",
    });
    assert.equal((products as JsonObject[])[0]!["product_id"], "S1");
  });

  it("makes one event of each item where Segment knows a single product; the amount counts once", () => {
    const items = [SHIRT, { item_id: "S2" }, { item_id: "S3" }];
    const events = translateGa4("add_to_cart", { currency: "EUR", value: 99, items }, newId);
    assert.deepEqual(
      events.map(({ properties: { product_id, currency, value } }) => [product_id, currency, value]),
      [
        ["S1", "EUR", 99],
        ["S2", "EUR", undefined],
        ["S3", "EUR", undefined],
      ],
    );
    assert.deepEqual(
      events.map(({ context: { ga4 } }) => [ga4!.id, ga4!.index, ga4!.of]),
      [0, 1, 2].map((index) => ["link-1", index, 3]),
    );
  });

  it("tells a category's list from other lists by its name", () => {
    assert.equal(categoryOf("blouses", [SHIRT, { ...SHIRT, item_id: "S2" }]), "Blouses");
    assert.equal(categoryOf("You may also like", [SHIRT]), undefined);
    assert.equal(categoryOf("Blouses", [SHIRT, { ...SHIRT, item_category2: "Skirts" }]), undefined);
  });

  it("says what was searched, and an empty cart", () => {
    assert.deepEqual(propertiesOf("search", { search_term: "tulip skirt" }), [{ query: "tulip skirt" }]);
    assert.deepEqual(propertiesOf("view_cart", { items: [] }), [{ products: [] }]);
  });

  it("loses nothing: GA4's event can be rebuilt from ours, whatever it carried", () => {
    const known = [
      ...[
        "item_id",
        "item_name",
        "item_brand",
        "item_variant",
        "item_list_id",
        "item_list_name",
        "index",
        "price",
      ],
      ...[
        "item_category",
        "item_category2",
        "item_category3",
        "item_category5",
        "quantity",
        "coupon",
        "currency",
      ],
      ...[
        "value",
        "transaction_id",
        "search_term",
        "shipping_tier",
        "payment_type",
        "promotion_name",
        "creative_name",
      ],
      ...["creative_slot", "promotion_id", "size", "dataLayer.value"],
      // Names that are taken in Segment's vocabulary, and names that are no names.
      ...[
        "product_id",
        "name",
        "category",
        "products",
        "list_id",
        "order_id",
        "revenue",
        "total",
        "position",
        "query",
      ],
      ...["__proto__", "constructor", "toString", ""],
    ];
    const key = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...known) }, fc.string({ maxLength: 5 }));
    const params = fc
      .array(fc.tuple(key, fc.jsonValue({ maxDepth: 1 })))
      .map((pairs) => Object.fromEntries(pairs) as JsonObject);
    const category = fc.constantFrom("Skirts", "Shoes");
    const item = fc.oneof(params, fc.record({ item_id: fc.string(), item_category: category }));
    const items = fc.oneof(
      { weight: 5, arbitrary: fc.array(item, { maxLength: 4 }) },
      fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
      fc.constant(undefined),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...SEGMENT_NAMES.map(([name]) => name)),
        fc.oneof(params, fc.record({ item_list_name: category })),
        items,
        (event, beside, rows) => {
          const original = rows === undefined ? beside : { ...beside, items: rows };
          const before = JSON.stringify(original);
          // What is stored and sent is JSON: the way back starts there.
          const events = JSON.parse(JSON.stringify(translateGa4(event, original, newId))) as SourceEvent[];
          assert.deepEqual(toGa4(events), { event, params: JSON.parse(before) as JsonObject });
          assert.equal(JSON.stringify(original), before, "the page's own object stays as it is");
        },
      ),
      { numRuns: 5000 },
    );
  });
});
