import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readJsonLd } from "../../../packages/browser/src/sources/jsonLd.ts";

const BASE = "https://shop.example/p/A1?colour=blue";
const read = (...blocks: unknown[]) =>
  readJsonLd(
    blocks.map((block) => (typeof block === "string" ? block : JSON.stringify(block))),
    BASE,
  );
const offer = (availability: string, price = "28.00") => ({
  "@type": "Offer",
  price,
  priceCurrency: "USD",
  availability: `https://schema.org/${availability}`,
});
const variant = (size: unknown, availability: string, price?: string) => ({
  "@type": "Product",
  sku: `A1-${String(size)}`,
  size,
  offers: offer(availability, price),
});

describe("product facts from JSON-LD", () => {
  it("tell the stock of each size of a product group", () => {
    const [facts] = read({
      "@type": "ProductGroup",
      productGroupID: "A1",
      name: "Linnea culottes",
      brand: { "@type": "Brand", name: "Holm" },
      category: "Women > Trousers",
      audience: { "@type": "PeopleAudience", suggestedGender: "female" },
      image: ["/a1.svg", "/a1-detail.svg"],
      url: "/p/A1",
      hasVariant: [
        variant("S", "InStock"),
        variant("Medium", "OutOfStock", "20.00"),
        variant("L", "LimitedAvailability", "26.00"),
      ],
    });
    assert.deepEqual(facts!.sizes, { S: true, M: false, L: true });
    assert.deepEqual(facts!.properties, {
      product_id: "A1",
      name: "Linnea culottes",
      brand: "Holm",
      category: "Trousers",
      image_url: "https://shop.example/a1.svg",
      url: "https://shop.example/p/A1",
      price: 26,
      currency: "USD",
      size_system: "INT",
      department: "women",
    });
    assert.deepEqual(facts!.ids.toSorted(), ["/p/A1", "A1", "A1-L", "A1-Medium", "A1-S"]);
  });

  it("join a group and variants that stand apart, by reference or by the group's number", () => {
    const all = read({
      "@graph": [
        {
          "@id": "#group",
          "@type": "ProductGroup",
          productGroupID: "A1",
          name: "Culottes",
          hasVariant: [{ "@id": "#s" }],
        },
        { "@id": "#s", ...variant("S", "InStock"), isVariantOf: { "@id": "#group" } },
        { ...variant("M", "SoldOut"), inProductGroupWithID: "A1" },
      ],
    });
    assert.equal(all.length, 1);
    assert.deepEqual(all[0]!.sizes, { S: true, M: false });
    assert.equal(all[0]!.properties["name"], "Culottes");
  });

  it("follow offers by reference and read a price specification", () => {
    const [facts] = read(
      { "@type": "Product", sku: "1", name: "Coat", offers: { "@id": "#offer" } },
      {
        "@id": "#offer",
        "@type": "Offer",
        priceSpecification: { "@type": "UnitPriceSpecification", price: 89.5, priceCurrency: "EUR" },
      },
    );
    assert.deepEqual([facts!.properties["price"], facts!.properties["currency"]], [89.5, "EUR"]);
  });

  it("take the size system of a specification for numbers, and letters for letters", () => {
    const sized = (name: string) => ({
      "@type": "Product",
      sku: "1",
      size: { "@type": "SizeSpecification", name, sizeSystem: "https://schema.org/WearableSizeSystemDE" },
    });
    assert.equal(read(sized("38"))[0]!.properties["size_system"], "DE");
    assert.equal(read(sized("M"))[0]!.properties["size_system"], "INT");
  });

  it("accept types with prefix, as address and in a list", () => {
    for (const type of [
      "schema:Product",
      "http://schema.org/Product",
      ["Product", "Car"],
      ["Thing", "ProductModel"],
    ])
      assert.equal(read({ "@type": type, name: "Coat" }).length, 1, String(type));
    for (const type of ["ProductCollection", "ItemList", undefined, 5, {}])
      assert.equal(read({ "@type": type, name: "Coat" }).length, 0, String(type));
  });

  it("do not take the products of a list for the page's", () => {
    const item = { "@type": "ListItem", item: { "@type": "Product", name: "Coat" } };
    assert.deepEqual(read({ "@type": "ItemList", itemListElement: [item, item] }), []);
  });

  it("count the same article in two blocks once", () => {
    const all = read(
      { "@type": "Product", sku: "1", name: "Coat" },
      { "@type": "Product", sku: "1", image: "/c.jpg" },
    );
    assert.equal(all.length, 1);
    assert.equal(all[0]!.properties["image_url"], "https://shop.example/c.jpg");
  });

  it("survive circles, line breaks inside strings, and what is no JSON-LD at all", () => {
    const all = read(
      { "@id": "#page", "@type": "WebPage", mainEntity: { "@id": "#page" } },
      '{"@type": "Product", "sku": "1", "name": "Long\n coat"}',
      "null",
      '[[],5,"x"]',
      "",
    );
    assert.deepEqual(
      all.map((facts) => facts.properties["name"]),
      ["Long  coat"],
    );
  });
});
