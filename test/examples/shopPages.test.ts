import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { catalogue, unitsInStock } from "../../examples/shop/index.ts";
import { createShopper, eventsOf, startShop, type RunningShop } from "./shopSupport.ts";

const PATHS = [
  "/",
  "/c/trousers",
  "/c/skirts",
  "/c/blouses",
  "/c/shoes",
  "/c/sale",
  "/c/sale?page=3",
  "/c/skirts?size=38&sort=price-up",
  "/p/A2",
  "/p/C2",
  "/p/S1",
  "/search",
  "/search?q=navy",
  "/cart",
  "/account",
  "/saved",
  "/privacy",
  "/help",
];

let shop: RunningShop;
before(async () => {
  shop = await startShop();
});
after(() => shop.close());

async function status(path: string, init: RequestInit): Promise<number> {
  return (await fetch(shop.origin + path, init)).status;
}

describe("every page", () => {
  for (const path of PATHS) {
    it(`${path} is a whole document with one heading of the first level`, async () => {
      const page = await createShopper(shop.origin).get(path);
      assert.equal(page.status, 200);
      assert.match(page.text, /^<!doctype html>\s*<html lang="en-US">/);
      assert.match(page.text, /<title>[^<]{5,}<\/title>/);
      assert.equal(page.text.match(/<h1[ >]/g)?.length, 1);
      assert.doesNotMatch(page.text, /undefined|\[object|NaN/);
    });
  }

  it("every product page answers and tells of its product", async () => {
    const shopper = createShopper(shop.origin);
    for (const { model, name } of catalogue) {
      const page = await shopper.get(`/p/${model}`);
      assert.equal(page.status, 200);
      assert.equal(eventsOf(page)[0]?.ecommerce.items[0]?.["item_name"], name);
    }
  });

  it("has ids that are unique", async () => {
    for (const path of PATHS) {
      const { text } = await createShopper(shop.origin).get(path);
      const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
      assert.equal(new Set(ids).size, ids.length, path);
    }
  });

  it("carries no inline script, style or handler, and a policy without unsafe-inline", async () => {
    for (const path of PATHS) {
      const { text, headers } = await createShopper(shop.origin).get(path);
      assert.doesNotMatch(text, / style="| on[a-z]+="|<style|<script>/);
      const policy = headers.get("content-security-policy") ?? "";
      assert.match(policy, /default-src 'self'/);
      assert.doesNotMatch(policy, /unsafe/);
    }
  });

  it("puts what it is handed into head and policy", async () => {
    const other = await startShop({
      head: ({ path }) => `<script src="http://127.0.0.1:1/v.js" data-path="${path}" async></script>`,
      csp: { scriptSrc: ["'sha256-abc'", "http://127.0.0.1:1"], connectSrc: ["http://127.0.0.1:1"] },
    });
    const page = await createShopper(other.origin).get("/c/sale");
    await other.close();
    assert.match(
      page.text,
      /initial-scale=1" \/>\s*<script src="http:\/\/127.0.0.1:1\/v.js" data-path="\/c\/sale" async>/,
    );
    const policy = page.headers.get("content-security-policy") ?? "";
    assert.match(policy, /script-src 'self' 'sha256-abc' http:\/\/127\.0\.0\.1:1;/);
    assert.match(policy, /connect-src 'self' http:\/\/127\.0\.0\.1:1;/);
  });

  it("answers 404 with a page for what it does not have", async () => {
    const shopper = createShopper(shop.origin);
    for (const path of [
      "/nothing",
      "/p/Z9",
      "/c/hats",
      "/order/HR-1",
      "/images/Z9.svg",
      "/images/A1-back.svg",
      "/assets/none.js",
      "/c/sale/more",
    ]) {
      const page = await shopper.get(path);
      assert.equal(page.status, 404, path);
      assert.match(page.text, /<h1>/);
    }
  });

  it("refuses other methods, other sites' forms and endless bodies", async () => {
    assert.equal(await status("/", { method: "PUT" }), 405);
    assert.equal(
      await status("/cart/add", { method: "POST", headers: { "sec-fetch-site": "cross-site" } }),
      403,
    );
    assert.equal(await status("/cart/add", { method: "POST", body: "a".repeat(20_000) }), 413);
  });

  it("takes hostile cookies, targets and queries for what they are", async () => {
    const hostile =
      "shop_bag=__proto__.M.1~A2.M.NaN~A2.M.-4; shop_flash=%E0%A4%A; shop_saved=constructor; shop_user=a~b~c; x";
    for (const path of [
      "//evil.example/",
      "/search?q=%3Cscript%3Ealert(1)%3C/script%3E",
      "/cart",
      "/c/sale?size=%22%3E&page=-1&sort=__proto__",
    ]) {
      const response = await fetch(shop.origin + path, { headers: { cookie: hostile } });
      const text = await response.text();
      assert.ok([200, 404].includes(response.status), path);
      assert.doesNotMatch(text, /<script>alert|evil\.example/);
    }
  });
});

describe("listings", () => {
  it("sort by price and filter by a size that is in stock", async () => {
    const shopper = createShopper(shop.origin);
    const [list] = eventsOf(await shopper.get("/c/trousers?sort=price-up&size=38"));
    const items = list?.ecommerce.items ?? [];
    const prices = items.map(({ price }) => Number(price));
    assert.ok(items.length > 2);
    assert.deepEqual(
      prices,
      prices.toSorted((a, b) => a - b),
    );
    assert.ok(
      items.every((item) => item["size_system"] === "EU" && unitsInStock(String(item["item_id"]), "38") > 0),
    );
  });

  it("show all models over their pages, each once", async () => {
    const shopper = createShopper(shop.origin);
    const seen: unknown[] = [];
    for (const page of [1, 2, 3, 4]) {
      const [list] = eventsOf(await shopper.get(`/c/sale?page=${page}`));
      seen.push(...(list?.ecommerce.items ?? []).map((item) => item["item_id"]));
    }
    assert.equal(new Set(seen).size, 82);
    assert.equal(seen.length, 82);
  });

  it("search finds by color, cloth without accents, and plural", async () => {
    const shopper = createShopper(shop.origin);
    for (const term of ["navy skirt", "crepe", "JEANS", "jean", "S2"]) {
      const [search, list] = eventsOf(await shopper.get(`/search?q=${encodeURIComponent(term)}`));
      assert.equal(search?.["search_term"], term);
      assert.ok((list?.ecommerce.items.length ?? 0) > 0, term);
    }
  });
});
