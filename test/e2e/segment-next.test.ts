import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { describe, it } from "node:test";
import { profileView } from "../../packages/core/src/index.ts";
import { launchChromium } from "../support/chromium.ts";
import { runVitrine } from "../server/support/runVitrine.ts";

/** What the page does with Segment's library; `analytics` is what its documentation tells to build. */
function pageScript(siteKey: string, apiHost: string): string {
  return `
    const analytics = AnalyticsNext.AnalyticsBrowser.load(
      { writeKey: "${siteKey}", cdnSettings: { integrations: { "Segment.io": { apiKey: "${siteKey}" } } } },
      { integrations: { "Segment.io": { apiHost: "${apiHost}", protocol: "http" } } },
    );
    window.sent = (async () => {
      await analytics.page("Skirts");
      await analytics.track("Product Viewed", { product_id: "skirt-1", category: "Skirts" });
      await analytics.identify("anna", { plan: "gold" });
      return (await analytics.user()).anonymousId();
    })();`;
}

describe("an unmodified @segment/analytics-next in a page of another origin", () => {
  it("posts to the collector, and its visitor appears as a profile", async (t) => {
    const library = readFileSync(
      createRequire(import.meta.url).resolve("@segment/analytics-next/dist/umd/index.js"),
    );
    const vitrine = await runVitrine(t, { clock: Date.now });
    const html = `<!doctype html><title>Shop</title><script src="/segment.js"></script><script>${pageScript(
      vitrine.siteKey,
      `${new URL(vitrine.url).host}/v1`,
    )}</script>`;
    const shop = createServer((request, response) =>
      response.end(request.url === "/segment.js" ? library : html),
    );
    shop.listen(0, "localhost");
    await once(shop, "listening");
    t.after(() => shop.close());
    const browser = await launchChromium();
    t.after(() => browser.close());
    const page = await browser.newPage();
    const accepted = new Promise<void>((resolve) => {
      let count = 0;
      vitrine.vitrine.services.hub.on("event", () => ++count === 3 && resolve());
    });
    await page.goto(`http://localhost:${(shop.address() as AddressInfo).port}/`);
    const anonymousId = (await page.evaluate("window.sent")) as string;
    await accepted;
    const { collector } = vitrine.vitrine.services;
    const view = profileView(collector.rows.read("default", `anonymous:${anonymousId}`)!.fold, Date.now());
    assert.deepEqual(
      [view.lastViewed.category?.name, view.counters.page?.total, view.traits.plan],
      ["Skirts", 1, "gold"],
    );
    assert.equal(collector.graph.claimsOf("default", [`anonymous:${anonymousId}`])[0]?.claimed, "user:anna");
    shop.closeAllConnections();
  });
});
