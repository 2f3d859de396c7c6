import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { it, type TestContext } from "node:test";
import type { Page } from "puppeteer-core";
import { decodeEntry, isEvent } from "../../packages/server/src/ingest/logEntry.ts";
import { runVitrine, type Running } from "../server/support/runVitrine.ts";
import { launchChromium } from "../support/chromium.ts";

/** What a page that is rendered ahead tells the test, over a path of the shop itself. */
interface Ahead {
  isPrerendering: boolean;
  session: string | null;
  databases: number;
}

/** Two pages: the first has the second rendered ahead, the second tracks something at once. */
async function openShop(t: TestContext, server: Running) {
  let told: (ahead: Ahead) => void;
  const ahead = new Promise<Ahead>((resolve) => (told = resolve));
  const pages = createServer((request, response) => {
    const url = new URL(request.url!, "http://shop");
    if (url.pathname === "/told") told(JSON.parse(url.searchParams.get("ahead")!) as Ahead);
    response.setHeader("Content-Type", "text/html");
    const key = `data-site="${server.siteKey}" data-rules-key="${server.vitrine.site.rulesKey}"`;
    const tag = `<script src="${server.url}/v/vitrine.js" ${key} data-consent="granted"></script>`;
    const rules = '{"prerender":[{"urls":["/second"],"eagerness":"immediate"}]}';
    const first = `<script type="speculationrules">${rules}</script><a href="/second">Second</a>`;
    const second = `${tag}<script>(${trackAhead.toString()})()</script>`;
    response.end(`<!doctype html><title>Shop</title>${url.pathname === "/second" ? second : first}`);
  });
  await new Promise<void>((resolve) => pages.listen(0, resolve));
  t.after(() => {
    pages.closeAllConnections();
    pages.close();
  });
  return { url: `http://localhost:${(pages.address() as AddressInfo).port}`, ahead };
}

/** Runs in the second page: tracks, gives the SDK every chance to do what it must not, and tells what is there. */
function trackAhead(): void {
  const tell = async () => {
    void window.vitrine.track("Ahead");
    void window.vitrine.flush();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const ahead = {
      isPrerendering: (document as { prerendering?: boolean }).prerendering,
      session: localStorage.getItem("vitrine.session"),
      databases: (await indexedDB.databases()).length,
    };
    await fetch(`/told?ahead=${encodeURIComponent(JSON.stringify(ahead))}`);
  };
  addEventListener("load", () => {
    const look = () => (typeof window.vitrine?.ready === "function" ? void tell() : setTimeout(look, 20));
    look();
  });
}

const eventsOf = (server: Running) =>
  server.vitrine.services.collector.log
    .newest("default", Number.MAX_SAFE_INTEGER, 1e6)
    .toReversed()
    .flatMap(({ body }) => decodeEntry(body).items.filter(isEvent));

const untilSeen = (page: Page) =>
  page.waitForFunction(
    () => location.pathname === "/second" && (document as { prerendering?: boolean }).prerendering === false,
  );

it("a page that is rendered ahead keeps, counts and sends nothing until it is seen, and then everything", async (t) => {
  const server = await runVitrine(t, { clock: Date.now });
  const shop = await openShop(t, server);
  const browser = await launchChromium();
  t.after(() => browser.close());
  const page = await browser.newPage();
  await page.goto(shop.url);
  assert.deepEqual(await shop.ahead, { isPrerendering: true, session: null, databases: 0 });
  assert.deepEqual(eventsOf(server), []);

  await page.click("a");
  await untilSeen(page);
  assert.ok(
    await page.evaluate(
      () =>
        (performance.getEntriesByType("navigation")[0] as unknown as { activationStart: number })
          .activationStart > 0,
    ),
    "it is the page that was rendered ahead",
  );
  await page.evaluate(async () => {
    await window.vitrine.flush();
  });
  const events = eventsOf(server);
  assert.deepEqual(events.map(({ type, event }) => event ?? type).toSorted(), ["Ahead", "page"]);
  assert.ok(await page.evaluate(() => localStorage.getItem("vitrine.session")));
});
