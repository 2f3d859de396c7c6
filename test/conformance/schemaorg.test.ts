import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { readJsonLd } from "../../packages/browser/src/sources/jsonLd.ts";
import type { ProductFacts } from "../../packages/browser/src/sources/sourceEvent.ts";

const file = new URL("cases/schemaorg/product-jsonld.json", import.meta.url);
const blocks = JSON.parse(readFileSync(file, "utf8")) as unknown[];

const BASE = "https://shop.example/p/1";

/** For each block what it is, and the articles it describes; a mention of a product is none. */
const EXPECTED: [what: string, ...articles: ProductFacts[]][] = [
  ["an event with tickets"],
  [
    "a monitor that several shops sell: the lowest price, and no shop's address",
    {
      properties: {
        name: 'Dell UltraSharp 30" LCD Monitor',
        image_url: "https://shop.example/p/dell-30in-lcd.jpg",
        price: 1250,
        currency: "USD",
      },
      ids: [],
      sizes: {},
    },
  ],
  ["one used bicycle", { properties: { name: "ACME Racing Bike in black (2008)" }, ids: [], sizes: {} }],
  ["a person who listens, on a product"],
  ["a person who drinks a product"],
  ["a person who tracks a product"],
  ["a person who registers with a product"],
  ["a person who subscribes to a product"],
  ["a person who bookmarks with a product"],
  ["an event with one offer"],
  ["a place and an offer of who knows what"],
  ["an event with performers"],
  ["a play"],
  ["a concert, in an array"],
  ["a guide that recommends televisions"],
  ["the same guide again"],
  [
    "a jacket in one size, of a product group",
    {
      properties: {
        product_id: "44E01",
        sku: "44E01-M11000",
        name: "Large green jacket",
        brand: "A fashion brand",
        image_url: "https://www.example.com/jacket_large_green.jpg",
        url: "https://www.example.com/jacket?s=l&c=g",
        price: 239.99,
        currency: "USD",
        variant: "green",
        size: "3XL",
        size_system: "INT",
        department: "men",
      },
      ids: ["44E01", "44E01-M11000", "12345678901231"],
      sizes: { "3XL": true },
    },
  ],
  ["a certificate about a product"],
  [
    "a water heater, beside a credential about it",
    {
      properties: {
        product_id: "1234-5678",
        sku: "1234-5678",
        name: "Water heater",
        brand: "ExampleWaterHeaterBrand",
        image_url: "https://www.example.com/waterheater.jpg",
        url: "https://www.example.com/hotwaterheater",
        price: 1799,
        currency: "EUR",
      },
      ids: ["1234-5678", "12345678901231", "WH1234"],
      sizes: {},
    },
  ],
  [
    "a shirt with a GTIN",
    {
      properties: { product_id: "09506000164908", name: "Crew neck white t-shirt" },
      ids: ["09506000164908"],
      sizes: {},
    },
  ],
  [
    "a product with shipping details and no price",
    { properties: { name: "JSON Example" }, ids: [], sizes: {} },
  ],
  [
    "a product on display somewhere",
    {
      properties: {
        product_id: "12345",
        sku: "12345",
        name: "Advanced Fnobarizer",
        brand: "Nucleatronics Inc.",
        image_url: "https://example.com/fnobarizer.jpg",
      },
      ids: ["12345"],
      sizes: {},
    },
  ],
  [
    "a telephone that only its address tells apart",
    {
      properties: {
        product_id: "https://id.example.com/01/01234567890128/21/12345",
        name: "Circular Smartphone",
        url: "https://id.example.com/01/01234567890128/21/12345",
      },
      ids: ["https://id.example.com/01/01234567890128/21/12345"],
      sizes: {},
    },
  ],
  ["an order of products"],
  [
    "tennis balls, what an item page is about",
    {
      properties: {
        product_id: "http://example.com/explosive-tennis-balls",
        name: "Explosive tennis balls",
        image_url: "http://example.com/explosive-tennis-balls.jpg",
        url: "http://example.com/explosive-tennis-balls",
        price: 1000,
        currency: "USD",
      },
      ids: ["http://example.com/explosive-tennis-balls"],
      sizes: {},
    },
  ],
  ["a cleaning service with offers"],
];

describe("schema.org's own examples", () => {
  it("are all here, with an expectation each", () => {
    assert.equal(blocks.length, 26);
    assert.equal(EXPECTED.length, blocks.length);
  });
  EXPECTED.forEach(([what, ...articles], index) => {
    it(`block ${index}: ${what}`, () => {
      assert.deepEqual(readJsonLd([JSON.stringify(blocks[index])], BASE), articles);
    });
  });
  it("on one page give the same articles, and a broken block costs only itself", () => {
    const texts = blocks.flatMap((block) => [JSON.stringify(block), '{"@type":"Product","name":']);
    assert.deepEqual(
      readJsonLd(texts, BASE),
      EXPECTED.flatMap(([, ...articles]) => articles),
    );
  });
});
