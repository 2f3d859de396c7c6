import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import type { NextClicks, SignedRuleset } from "@vitrine/core";
import type { Overview } from "../../../packages/server/src/console/overview.ts";
import type { Trial } from "../../../packages/server/src/recommend/tryRecommenders.ts";
import { verifyRuleset } from "../../../packages/server/src/rules/rulesSigner.ts";
import { asKey, newKey } from "../support/asKey.ts";
import { asAdmin } from "../support/kiosks.ts";
import { newDevice, NOW, runVitrine, type Running } from "../support/runVitrine.ts";
import { contextual, sequential } from "../support/shops.ts";

const MINUTE_MS = 60_000;
const DEVICES = 12;

/** What a page reads, verified. */
interface Read extends NextClicks {
  kind: string;
  site: string;
  notAfter: number;
  trial?: Trial;
}

/** A shop with these visits, spread over some devices; rows are saved behind, so it starts again. */
async function shopWith(t: TestContext, visits: string[][]): Promise<Running> {
  const running = await runVitrine(t);
  const articles = [...new Set(visits.flat())].map((sku) => ({
    sku,
    name: `Listed ${sku}`,
    url: `https://shop.example/p/${sku}`,
    price: 9,
    currency: "EUR",
    sizes: [{ size: "M", sku: `${sku}-M` }],
  }));
  await asKey(running, newKey(running, "catalogue"))("PUT", "/v1/catalogue", { articles });
  for (let one = 0; one < DEVICES; one++) await tell(running, visits, one);
  return running.restart();
}

/** One device's share of the visits: each takes ten minutes, and ends the device's hour. */
async function tell(running: Running, visits: string[][], one: number): Promise<void> {
  const device = newDevice();
  const batch = visits.flatMap((items, i) =>
    i % DEVICES !== one
      ? []
      : items.map((id, click) => ({
          type: "track",
          event: "Product Viewed",
          messageId: `v${i}-${click}`,
          anonymousId: device.id,
          timestamp: new Date(NOW - (visits.length - i) * 10 * MINUTE_MS + click * MINUTE_MS).toISOString(),
          properties: { product_id: id },
        })),
  );
  const results = await running.send(batch, { device: device.secret });
  assert.ok(results.every(({ status }) => status === "accepted"));
}

const get = (running: Running, path: string) =>
  fetch(`${running.url}/v1/next${path}${path ? "&" : "?"}site=${running.siteKey}`);

const recommenderOf = async (running: Running) =>
  ((await asAdmin(running, "GET", "/overview")).body as unknown as Overview).recommender;

const after = (running: Running, ...items: unknown[]) =>
  get(running, `/after?items=${encodeURIComponent(JSON.stringify(items))}`);

async function read(running: Running, answer: Response): Promise<Read> {
  assert.equal(answer.status, 200);
  const signed = (await answer.json()) as SignedRuleset;
  assert.ok(await verifyRuleset(signed, running.vitrine.site.rulesKey));
  return JSON.parse(signed.payload) as Read;
}

/** The table, once it is built: whoever asks first has it built for others. */
async function built(running: Running): Promise<Read> {
  for (let tries = 0; tries < 500; tries++) {
    const answer = await get(running, "");
    if (answer.status === 200) return read(running, answer);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("no table");
}

describe("recommendations by the nearest visits, for pages", () => {
  it("are answered where they foretold the shop's clicks better, signed, with the catalogue's cards", async (t) => {
    let running = await shopWith(t, contextual(700));
    assert.equal((await after(running, "A1")).status, 204, "nothing is built yet");
    const table = await built(running);
    assert.equal(table.by, "visits");
    assert.ok(table.trial!.lead!.low > 0);
    const answer = await after(running, "A1", "landing2");
    assert.equal(answer.headers.get("Cache-Control"), "private, max-age=300");
    const { items, next, products, ...head } = await read(running, answer);
    assert.deepEqual(head, {
      kind: "next",
      site: running.vitrine.site.id,
      version: NOW,
      notAfter: table.notAfter,
      by: "visits",
      after: ["A1", "landing2"],
    });
    assert.equal(items[0], "landing2");
    assert.ok(next[0]!.map((place) => items[place]).indexOf("B1") < 2, "what goes with the first click");
    assert.ok(!next[0]!.includes(0) && !items.slice(1).includes("landing2"), "never the last click itself");
    assert.ok(next[0]!.length <= 20 && next.length === 1);
    assert.deepEqual(products["B1"], {
      id: "B1",
      name: "Listed B1",
      url: "https://shop.example/p/B1",
      price: 9,
      currency: "EUR",
    });
    running = await running.restart();
    assert.equal((await built(running)).by, "visits");
    assert.deepEqual((await read(running, await after(running, "A1", "landing2"))).items, items);
  });

  it("are not, where the table is as good: the merchant reads why", async (t) => {
    const running = await shopWith(t, sequential(400));
    assert.equal(await recommenderOf(running), null);
    const { by, trial } = await built(running);
    assert.equal(by, "rules");
    assert.ok(trial!.rules.reciprocalRank > trial!.visits.reciprocalRank);
    assert.equal((await after(running, "S1")).status, 204);
    assert.deepEqual(await recommenderOf(running), { by, trial, at: NOW });
  });

  it("are for the site's own pages, at their pace, and of clicks alone", async (t) => {
    const running = await runVitrine(t);
    assert.equal((await fetch(`${running.url}/v1/next/after?items=["A"]`)).status, 401);
    for (const odd of [[], [3], [""], ["x".repeat(201)], Array.from({ length: 11 }, () => "A")])
      assert.equal((await after(running, ...odd)).status, 400);
    assert.equal((await get(running, "/after?items=A")).status, 400);
    let refused: Response | undefined;
    for (let asked = 0; asked < 250 && !refused; asked++) {
      const answer = await after(running, "LOOKED-AT");
      if (answer.status === 429) refused = answer;
    }
    assert.ok(refused?.headers.get("Retry-After"));
    assert.doesNotMatch(running.logged(), /LOOKED-AT/);
  });
});
