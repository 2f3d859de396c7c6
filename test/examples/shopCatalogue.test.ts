import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startDemo } from "../../examples/demo.ts";
import { catalogue, gtinOf, sizesOf, STORES, unitsInStock, unitsInStore } from "../../examples/shop/index.ts";
import { parseScannedCode } from "../../packages/core/src/index.ts";
import type { ArticleInStore } from "../../packages/server/src/catalogue/catalogue.ts";
import { logIn } from "../support/merchant.ts";
import { describeModels } from "../../examples/shop/catalogue/describeModels.ts";
import { startShop, type RunningShop } from "./shopSupport.ts";

let shop: RunningShop;
before(async () => {
  shop = await startShop();
});
after(() => shop.close());

function modelsIn(category: string): number {
  return catalogue.filter((product) => product.category === category).length;
}

describe("the catalogue", () => {
  it("has the 217 models of the click data and nine invented shoes", () => {
    assert.deepEqual(["trousers", "skirts", "blouses", "sale", "shoes"].map(modelsIn), [43, 33, 59, 82, 9]);
  });

  it("gives every model a name of its own", () => {
    assert.equal(new Set(catalogue.map(({ name }) => name)).size, catalogue.length);
  });

  it("invents the same product from the same facts", () => {
    const real = catalogue.filter(({ category }) => category !== "shoes");
    const facts = real.map(({ model, category, colour, price, clicks }) => ({
      model,
      category,
      colour,
      price,
      clicks,
    }));
    assert.deepEqual(describeModels(facts), real);
  });

  it("sizes one brand in numbers, the others in letters, and shoes apart from both", () => {
    for (const { brand, sizeSystem, category } of catalogue) {
      assert.equal(sizeSystem, category === "shoes" ? "EU_SHOE" : brand === "Norrby" ? "EU" : "INT");
    }
  });

  it("has some sizes sold out, and most in stock", () => {
    const units = catalogue.flatMap((product) =>
      sizesOf(product).map((size) => unitsInStock(product.model, size)),
    );
    const share = units.filter((count) => count === 0).length / units.length;
    assert.ok(share > 0.08 && share < 0.22, `${share} sold out`);
  });
});

describe("labels and stores", () => {
  it("give every size a GTIN of its own, with a right check digit, in the range for shops' own use", () => {
    const gtins = catalogue.flatMap((product) => sizesOf(product).map((size) => gtinOf(product, size)));
    assert.equal(new Set(gtins).size, gtins.length);
    for (const gtin of gtins) {
      assert.equal(parseScannedCode(gtin).kind, "in_store", gtin);
    }
    assert.equal(gtinOf({ model: "B4", sizeSystem: "INT" }, "M"), "2000002004028");
  });

  it("come to Vitrine by the shop's own key, and a kiosk finds what its store has", async (t) => {
    const dataDir = mkdtempSync(join(tmpdir(), "vitrine-feeds-"));
    t.after(() => rmSync(dataDir, { recursive: true, force: true }));
    const demo = await startDemo({ port: 0, dataDir, feeds: true });
    t.after(() => demo.close());
    const merchant = await logIn(demo);
    const find = async (store: string) => {
      const { code } = await merchant.call<{ code: string }>("POST", "/kiosks", { name: "mirror", store });
      const enrolled = await fetch(`${demo.vitrineUrl}/v1/kiosk/enrol`, {
        method: "POST",
        body: JSON.stringify({ code }),
      });
      const { key } = (await enrolled.json()) as { key: string };
      const found = await fetch(`${demo.vitrineUrl}/v1/kiosk/articles?code=2000002004028`, {
        headers: { Authorization: `Bearer ${key}` },
      });
      return (await found.json()) as ArticleInStore;
    };
    const stores = await Promise.all(STORES.map(find));
    assert.deepEqual(
      stores.map(({ article, size, store, sizes }) => [article.sku, size, store, sizes[2]?.stock]),
      STORES.map((store) => ["B4", "M", store, unitsInStore(store, "B4", "M")]),
    );
    const picture = await fetch(stores[0]!.article.image_url ?? "");
    assert.equal(picture.headers.get("content-type"), "image/svg+xml");
  });
});

describe("pictures", () => {
  it("every model has a drawing of its own, cached for long", async () => {
    const drawings = new Set<string>();
    for (const { model } of catalogue) {
      const response = await fetch(`${shop.origin}/images/${model}.svg`);
      assert.equal(response.headers.get("content-type"), "image/svg+xml");
      assert.match(response.headers.get("cache-control") ?? "", /max-age=\d{6}/);
      const text = await response.text();
      assert.doesNotMatch(text, /NaN|undefined/);
      drawings.add(text);
    }
    assert.equal(drawings.size, catalogue.length);
  });

  it("are not sent again to who has them", async () => {
    const first = await fetch(`${shop.origin}/images/A2.svg`);
    await first.arrayBuffer();
    const etag = first.headers.get("etag") ?? "";
    const second = await fetch(`${shop.origin}/images/A2.svg`, { headers: { "if-none-match": etag } });
    assert.equal(second.status, 304);
  });
});
