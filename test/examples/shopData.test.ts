import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { unitsInStock } from "../../examples/shop/index.ts";
import { createShopper, eventsOf, jsonLdOf, namesOf, startShop, type RunningShop } from "./shopSupport.ts";

let shop: RunningShop;
before(async () => {
  shop = await startShop();
});
after(() => shop.close());

describe("data layer", () => {
  it("describes an item with its size system, garment group and department", async () => {
    const [view] = eventsOf(await createShopper(shop.origin).get("/p/S1"));
    assert.deepEqual(view, {
      event: "view_item",
      ecommerce: {
        currency: "USD",
        value: 95,
        items: [
          {
            item_id: "S1",
            item_name: "Arlo leather loafers",
            item_brand: "Arden Last",
            item_category: "shoes",
            item_variant: "brown",
            price: 95,
            quantity: 1,
            size_system: "EU_SHOE",
            size_group: "shoes",
            department: "women",
          },
        ],
      },
    });
  });

  it("numbers the items of a list and says which list", async () => {
    const [list] = eventsOf(await createShopper(shop.origin).get("/c/skirts"));
    assert.equal(list?.ecommerce.item_list_id, "skirts");
    assert.deepEqual(
      list?.ecommerce.items.map(({ index }) => index),
      Array.from({ length: 24 }, (_, index) => index),
    );
    assert.equal(list?.ecommerce.items[0]?.["item_list_name"], "Skirts");
  });

  it("tells of the hero as a promotion", async () => {
    const page = await createShopper(shop.origin).get("/");
    assert.deepEqual(namesOf(page), ["view_promotion", "view_item_list"]);
    assert.match(page.text, /data-promotion="autumn_rail"/);
  });
});

describe("structured data", () => {
  it("offers each size of a product with its stock", async () => {
    const [group, crumbs] = jsonLdOf(await createShopper(shop.origin).get("/p/A2"));
    assert.equal(group?.["@type"], "ProductGroup");
    assert.equal(group?.["productGroupID"], "A2");
    const variants = group?.["hasVariant"] as Record<string, Record<string, string>>[];
    assert.deepEqual(
      variants.map(({ size }) => size),
      ["XS", "S", "M", "L", "XL", "XXL"],
    );
    for (const { sku, size, offers, image, url } of variants) {
      assert.equal(sku, `A2-${String(size)}`);
      assert.equal(image, `${shop.origin}/images/A2.svg`);
      assert.equal(url, `${shop.origin}/p/A2`);
      const isThere = unitsInStock("A2", String(size)) > 0;
      assert.equal(offers?.["availability"], `https://schema.org/${isThere ? "InStock" : "OutOfStock"}`);
      assert.equal(offers?.["price"], "43.00");
    }
    assert.equal(crumbs?.["@type"], "BreadcrumbList");
  });

  it("lists a department", async () => {
    const blocks = jsonLdOf(await createShopper(shop.origin).get("/c/shoes"));
    const list = blocks.find((block) => block["@type"] === "ItemList");
    assert.equal(list?.["numberOfItems"], 9);
  });
});
