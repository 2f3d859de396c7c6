import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { buildSequentialRules, type NextClicks, type SignedRuleset } from "@vitrine/core";
import { buildNextClicks } from "../../../packages/server/src/recommend/buildNextClicks.ts";
import { announceKey, promoteKey } from "../../../packages/server/src/rules/changeRulesKeys.ts";
import { verifyRuleset } from "../../../packages/server/src/rules/rulesSigner.ts";
import { asKey, newKey } from "../support/asKey.ts";
import { newDevice, NOW, runVitrine, type Running } from "../support/runVitrine.ts";

const MINUTE_MS = 60_000;
let loaded = 0;

/** What a stranger tells with the public key: it would come to every shopper, signed. */
const FORGED = {
  name: "Free! Ask elsewhere.example",
  url: "https://elsewhere.example/",
  image: "https://elsewhere.example/pixel.gif",
  price: 0.01,
  currency: "XXX",
};

/** Sends the shop's own word of articles. */
async function list(running: Running, ...skus: string[]): Promise<void> {
  const articles = skus.map((sku) => ({
    sku,
    name: `Listed ${sku}`,
    url: `https://shop.example/p/${sku}`,
    price: 9,
    currency: "EUR",
    sizes: [{ size: "M", sku: `${sku}-M` }],
  }));
  const { body } = await asKey(running, newKey(running, "catalogue"))("PUT", "/v1/catalogue", { articles });
  assert.deepEqual(body, { stored: skus.length, refused: [] });
}

/** Articles one device looked at, a minute apart; `|` is an hour's pause. */
async function visit(running: Running, clicks: string, consent?: string[]): Promise<void> {
  const device = newDevice();
  const writer = `v${++loaded}`;
  let at = NOW - 86_400_000;
  const batch = clicks.split(" ").flatMap((id, i) => {
    at += id === "|" ? 60 * MINUTE_MS : MINUTE_MS;
    const event = {
      type: "track",
      event: "Product Viewed",
      messageId: `${writer}-${i}`,
      anonymousId: device.id,
      timestamp: new Date(at).toISOString(),
      properties: { product_id: id, ...FORGED },
      context: { ...(consent && { consent }) },
    };
    return id === "|" ? [] : event;
  });
  await running.send(batch, { device: device.secret });
}

async function read(running: Running, headers: Record<string, string> = {}) {
  return fetch(`${running.url}/v1/next?site=${running.siteKey}`, { headers });
}

/** The table, once it is built: whoever asks first has it built for others. */
async function built(running: Running): Promise<{ signed: SignedRuleset; etag: string }> {
  for (let tries = 0; tries < 500; tries++) {
    const answer = await read(running);
    if (answer.status === 200)
      return { signed: (await answer.json()) as SignedRuleset, etag: answer.headers.get("ETag")! };
    assert.equal(answer.status, 204);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("no table");
}

describe("what is clicked next", () => {
  it("is built from the visits of those who allowed it, and signed as no ruleset", async (t) => {
    let running = await runVitrine(t);
    await list(running, "A", "B", "C", "D", "X", "Y");
    await visit(running, "A B A C");
    await visit(running, "A B | D");
    await visit(running, "X Y", ["personalization"]);
    running = await running.restart(); // rows are saved behind
    const { signed, etag } = await built(running);
    const { rulesKey } = running.vitrine.site;
    assert.ok(await verifyRuleset(signed, rulesKey));
    const table = JSON.parse(signed.payload) as NextClicks & Record<string, unknown>;
    assert.deepEqual(table.items, ["A", "B", "C"]);
    assert.deepEqual(
      table.next.map((row) => row.map((place) => table.items[place])),
      [["B", "C"], ["A", "C"], []],
    );
    assert.deepEqual(
      [table["kind"], table["site"], table["rules"]],
      ["next", running.vitrine.site.id, undefined],
    );
    const plain = await read(running, { "Accept-Encoding": "identity" });
    assert.equal(plain.headers.get("Content-Encoding"), null);
    assert.deepEqual(await plain.json(), signed);
    assert.equal((await read(running)).headers.get("Content-Encoding"), "gzip");
    assert.equal((await read(running, { "If-None-Match": etag })).status, 304);
    assert.equal((await read(running)).headers.get("Cache-Control"), "public, max-age=3600");
  });

  it("is signed anew when the rules' key changes, for caches too", async (t) => {
    let running = await runVitrine(t);
    await list(running, "A", "B");
    await visit(running, "A B");
    running = await running.restart();
    const old = await built(running);
    const { rulesKeys } = running.vitrine.services.secrets;
    const { keys, kid } = announceKey(rulesKeys.all(), 1);
    rulesKeys.replace(promoteKey(keys, kid, 2), undefined);
    const stale = await read(running, { "If-None-Match": old.etag });
    assert.equal(stale.status, 200);
    const signed = (await stale.json()) as SignedRuleset;
    assert.deepEqual([signed.kid, signed.payload], [kid, old.signed.payload]);
    assert.ok(await verifyRuleset(signed, rulesKeys.current().publicPoint));
  });

  it("shows of an article what the catalogue says, whatever a stranger tells, and none that it does not know", async (t) => {
    let running = await runVitrine(t);
    await list(running, "A", "B");
    await visit(running, "A B");
    // More clicks than all others: a place in the table is no matter of how loud one is.
    await visit(running, "A forged B forged A forged B forged");
    running = await running.restart();
    const { signed } = await built(running);
    const table = JSON.parse(signed.payload) as NextClicks;
    const card = (id: string) => ({
      id,
      name: `Listed ${id}`,
      url: `https://shop.example/p/${id}`,
      price: 9,
      currency: "EUR",
    });
    assert.deepEqual(table.items, ["A", "B"]);
    assert.deepEqual(table.products, { A: card("A"), B: card("B") });
    assert.doesNotMatch(signed.payload, /elsewhere|forged|Free|XXX/);
  });

  it("is not there for a shop without a catalogue", async (t) => {
    let running = await runVitrine(t);
    await visit(running, "A B A C");
    running = await running.restart();
    assert.equal(await buildNextClicks(running.vitrine.services, "default"), undefined);
  });

  it("is not there for a shop without visits, and asked for again a while later", async (t) => {
    const running = await runVitrine(t);
    assert.equal((await read(running)).status, 204);
    assert.equal((await fetch(`${running.url}/v1/next`)).status, 401);
  });

  it("is small: 1,000 articles with their cards are some 35 kB on the wire", () => {
    // Even pseudo-random visits: the worst case for a compressor, since no article follows another more often.
    let state = 1;
    const any = () => (state = (state * 48_271) % 2_147_483_647) % 1_000;
    const visits = Array.from({ length: 20_000 }, () => Array.from({ length: 6 }, () => `SKU-${any()}`));
    const rules = buildSequentialRules(visits, { followers: 8 });
    const products = Object.fromEntries(
      rules.items.map((id) => [
        id,
        {
          id,
          name: `Article number ${id}`,
          image: `/images/${id}.svg`,
          url: `/p/${id}`,
          price: any(),
          currency: "EUR",
        },
      ]),
    );
    const bytes = gzipSync(JSON.stringify({ ...rules, products })).length;
    assert.equal(rules.items.length, 1_000);
    assert.ok(bytes < 40_000, `${bytes} bytes`);
    console.log(`# 1,000 articles: ${bytes} bytes of gzip`);
  });
});
