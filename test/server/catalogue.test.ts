import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import type { ArticleInStore, ListedArticle } from "../../packages/server/src/catalogue/catalogue.ts";
import type { Refusal } from "../../packages/server/src/catalogue/article.ts";
import { normaliseGtin } from "../../packages/server/src/catalogue/gtin.ts";
import { asKey, newKey } from "./support/asKey.ts";
import { newKioskKey } from "./support/newKioskKey.ts";
import { NOW, runVitrine } from "./support/runVitrine.ts";

interface FeedAnswer {
  stored: number;
  older?: number;
  refused: Refusal[];
  code?: string;
}

const COAT = {
  sku: "C1",
  name: "Wool coat",
  brand: "Holm & Ives",
  category: "coats",
  price: 180,
  currency: "EUR",
  url: "https://shop.example/c1",
  image_url: "https://shop.example/c1.svg",
  sizes: [
    { size: "S", sku: "C1-S", gtin: "2000000000015" },
    { size: "M", sku: "C1-M", gtin: "2000000000022" },
  ],
};

async function withShop(t: TestContext) {
  const server = await runVitrine(t);
  const [catalogue, stock, kiosk] = [
    newKey(server, "catalogue"),
    newKey(server, "stock"),
    newKioskKey(server),
  ];
  const putArticles = (...articles: unknown[]) =>
    asKey(server, catalogue)<FeedAnswer>("PUT", "/v1/catalogue", { articles });
  const putStock = (feed: object) => asKey(server, stock)<FeedAnswer>("PUT", "/v1/stock", feed);
  const find = (code: string, key = kiosk) =>
    asKey(server, key)<ArticleInStore>("GET", `/v1/kiosk/articles?code=${encodeURIComponent(code)}`);
  return { server, putArticles, putStock, find };
}

describe("a GTIN", () => {
  const cases: [text: string, gtin: string | undefined][] = [
    ["09506000134352", "09506000134352"],
    ["9506000134352", "09506000134352"],
    ["036000291452", "00036000291452"],
    ["96385074", "00000096385074"],
    ["9506000134353", undefined],
    ["950600013435", undefined],
    ["12345", undefined],
    ["", undefined],
    ["９506000134352", undefined],
    ["09506000134352\n", undefined],
  ];
  for (const [text, gtin] of cases)
    it(`of ${JSON.stringify(text)} is ${gtin}`, () => assert.equal(normaliseGtin(text), gtin));
});

describe("PUT /v1/catalogue", () => {
  it("keeps what is good, and names what is not by place, SKU and field", async (t) => {
    const { putArticles, find } = await withShop(t);
    const { status, body } = await putArticles(
      COAT,
      { sku: "C2" },
      { sku: "C3", name: "Scarf", gtin: "2000000000016" },
      { sku: "C4", name: "Hat", price: 12 },
      { sku: "C5", name: "Cap", url: "javascript:alert(1)" },
      {
        sku: "C6",
        name: "Belt",
        sizes: [
          { size: "S", sku: "x" },
          { size: "S", sku: "y" },
        ],
      },
      { sku: "C7", name: "Glove", colour: "red" },
      "C8",
      { sku: "C9", name: "Boots", gtin: "2000000000022" },
    );
    assert.equal(status, 200);
    assert.equal(body.stored, 1);
    assert.deepEqual(
      body.refused.map(({ index, sku, code, detail }) => [index, sku, code, detail.split(/[: ]/)[0]]),
      [
        [1, "C2", "malformed", "name"],
        [2, "C3", "malformed", "gtin"],
        [3, "C4", "malformed", "The"],
        [4, "C5", "malformed", "url"],
        [5, "C6", "malformed", "sizes"],
        [6, "C7", "malformed", "colour"],
        [7, null, "malformed", "The"],
        [8, "C9", "taken", "Another"],
      ],
    );
    assert.equal((await find("C1")).status, 200);
    assert.equal((await find("C4")).status, 404);
  });

  it("replaces an article with all its codes", async (t) => {
    const { putArticles, find } = await withShop(t);
    await putArticles(COAT);
    await putArticles({
      ...COAT,
      name: "Long coat",
      sizes: [{ size: "M", sku: "C1-M", gtin: "2000000000039" }],
    });
    assert.equal((await find("2000000000039")).body.article.name, "Long coat");
    assert.equal((await find("2000000000022")).status, 404, "its old code");
    assert.equal((await putArticles({ sku: "C9", name: "Boots", gtin: "2000000000022" })).body.stored, 1);
  });

  it("is bounded", async (t) => {
    const { putArticles } = await withShop(t);
    const many = Array.from({ length: 501 }, (_, i) => ({ sku: `s${i}`, name: "n" }));
    assert.equal((await putArticles(...many)).status, 413);
    assert.equal((await putArticles(...many.slice(1))).body.stored, 500);
    const sizes = Array.from({ length: 61 }, (_, i) => ({ size: `${i}`, sku: `z${i}` }));
    assert.match((await putArticles({ sku: "z", name: "n", sizes })).body.refused[0]!.detail, /at most 60/);
  });
});

describe("PUT /v1/stock", () => {
  const feed = (at: unknown, quantity: number, store = "berlin") => ({
    store,
    at,
    levels: [{ sku: "C1-M", quantity }],
  });

  it("never lets an older word stand over a newer one, whatever their order", async (t) => {
    const { putArticles, putStock, find } = await withShop(t);
    await putArticles(COAT);
    const levels = [3, 1, 4, 2, 5].map((minute) => feed(NOW - 600_000 + minute * 60_000, minute));
    const answers = [];
    for (const level of levels) answers.push((await putStock(level)).body.older);
    assert.deepEqual(answers, [0, 1, 0, 1, 0]);
    const medium = (await find("C1-M")).body.sizes.find(({ size }) => size === "M");
    assert.deepEqual([medium?.stock, medium?.at], [5, NOW - 300_000], "with its age");
  });

  it("is each store's own, and unknown where none was told", async (t) => {
    const { server, putArticles, putStock, find } = await withShop(t);
    await putArticles(COAT);
    await putStock(feed("2026-11-22T11:00:00+01:00", 7));
    await putStock(feed(NOW, 2, "porto"));
    const inBerlin = (await find("2000000000022")).body;
    const inPorto = (await find("2000000000022", newKioskKey(server, "porto"))).body;
    assert.deepEqual([inBerlin.store, inPorto.store], ["berlin", "porto"]);
    assert.deepEqual(inBerlin.sizes[1], {
      ...COAT.sizes[1],
      gtin: "02000000000022",
      stock: 7,
      at: Date.parse("2026-11-22T10:00:00Z"),
    });
    assert.equal(inPorto.sizes[1]?.stock, 2);
    assert.deepEqual([inBerlin.sizes[0]?.stock, inBerlin.sizes[0]?.at], [null, null]);
  });

  it("keeps what is good and names the rest, and refuses what has no time or one to come", async (t) => {
    const { putArticles, putStock } = await withShop(t);
    await putArticles(COAT);
    const levels = [
      { sku: "C1-S", quantity: 1 },
      { sku: "no", quantity: 1 },
      { sku: "C1-M", quantity: -1 },
    ];
    const { body } = await putStock({ store: "berlin", at: NOW, levels });
    assert.deepEqual(
      [body.stored, body.refused.map(({ index, code }) => [index, code])],
      [
        1,
        [
          [1, "unknown_sku"],
          [2, "malformed"],
        ],
      ],
    );
    for (const at of [undefined, "yesterday", "2026-11-22", 0, -1, "2026-11-22T11:00:00"])
      assert.equal((await putStock(feed(at, 1))).body.code, "bad_request", String(at));
    assert.equal((await putStock(feed(NOW + 3_600_000, 1))).body.code, "in_the_future");
    assert.equal((await putStock({ at: NOW, levels: [] })).status, 400, "without a store");
  });
});

describe("GET /v1/stock", () => {
  const AT = NOW - 600_000;
  async function withStock(t: TestContext) {
    const shop = await withShop(t);
    await shop.putArticles(COAT);
    await shop.putStock({ store: "berlin", at: AT, levels: [{ sku: "C1-M", quantity: 2 }] });
    const read = (more: Record<string, string>) =>
      asKey(shop.server)<object>(
        "GET",
        `/v1/stock?${new URLSearchParams({ site: shop.server.siteKey, ...more })}`,
      );
    return { ...shop, read };
  }

  it("says what a store has of an article and when it counted, to a page and to caches", async (t) => {
    const { read } = await withStock(t);
    const { status, body, headers } = await read({ sku: "C1", store: "berlin" });
    assert.equal(status, 200);
    assert.deepEqual(body, { sku: "C1", store: "berlin", at: AT, sizes: [{ size: "M", quantity: 2 }] });
    assert.equal(headers.get("Cache-Control"), "public, max-age=60");
    assert.match(headers.get("Vary") ?? "", /Origin/);
    assert.deepEqual((await read({ sku: "C1-S", store: "paris" })).body, {
      sku: "C1",
      store: "paris",
      at: null,
      sizes: [],
    });
  });

  it("is no way to copy the stock", async (t) => {
    const { read } = await withStock(t);
    let status = 200;
    let asked = 0;
    for (; status === 200 && asked < 300; asked++) ({ status } = await read({ sku: "C1", store: "berlin" }));
    assert.equal(status, 429);
    assert.ok(asked > 100, `${asked}: a page is never refused`);
  });
});

describe("GET /v1/kiosk/articles", () => {
  it("finds by GTIN of any length and by SKU, and says which size was scanned", async (t) => {
    const { putArticles, find } = await withShop(t);
    await putArticles(COAT, { sku: "36000291452", name: "Bag", gtin: "036000291452" });
    for (const code of ["2000000000022", "02000000000022", "C1-M"]) {
      const { body } = await find(code);
      assert.deepEqual([body.article.sku, body.size, body.article.gtin], ["C1", "M", "02000000000022"], code);
    }
    assert.equal((await find("C1")).body.size, null);
    const bag = (await find("0036000291452")).body;
    assert.deepEqual([bag.size, bag.sizes[0]?.sku], ["one size", "36000291452"]);
    for (const code of ["2000000000023", "C", "%", "__proto__"])
      assert.equal((await find(code)).status, 404, code);
    assert.equal((await find("")).status, 400);
  });
});

describe("GET /v1/kiosk/catalogue", () => {
  it("lists every article once, page by page, with what the kiosk's own store has", async (t) => {
    const { server, putArticles, putStock } = await withShop(t);
    const many = Array.from({ length: 450 }, (_, i) => ({ sku: `s${i}`, name: `Article ${i}` }));
    await putArticles(COAT, ...many);
    await putStock({ store: "berlin", at: NOW, levels: [{ sku: "C1-M", quantity: 2 }] });
    const ask = asKey(server, newKioskKey(server));
    const pages: ListedArticle[][] = [];
    for (let after: string | null = ""; after !== null;) {
      const { body }: { body: { items: ListedArticle[]; next: string | null } } = await ask(
        "GET",
        `/v1/kiosk/catalogue?after=${encodeURIComponent(after)}`,
      );
      pages.push(body.items);
      after = body.next;
    }
    assert.deepEqual(
      pages.map(({ length }) => length),
      [200, 200, 51],
    );
    const skus = pages.flat().map(({ article }) => article.sku);
    assert.deepEqual(skus, [COAT.sku, ...many.map(({ sku }) => sku)].sort());
    assert.deepEqual(
      pages[0]![0]!.sizes.map(({ stock, at }) => [stock, at]),
      [
        [null, null],
        [2, NOW],
      ],
    );
  });

  it("is a kiosk's alone", async (t) => {
    const { server } = await withShop(t);
    assert.equal(
      (await asKey(server, newKey(server, "catalogue"))("GET", "/v1/kiosk/catalogue")).status,
      403,
    );
  });
});
