import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { it } from "node:test";
import { decodeEntry, isEvent } from "../../packages/server/src/ingest/logEntry.ts";
import { runVitrine } from "../server/support/runVitrine.ts";
import { launchChromium } from "../support/chromium.ts";

interface Marked {
  isMarked?: boolean;
}

// An event in the last 250 ms costs the cache: its strict write ends in the frozen page, and browsers evict it then.
it("a quiet page goes into the back/forward cache with its locks and stream given up, and works on when it comes back", async (t) => {
  const server = await runVitrine(t, { clock: Date.now });
  const pages = createServer((_request, response) => {
    response.setHeader("Content-Type", "text/html");
    const key = `data-site="${server.siteKey}" data-rules-key="${server.vitrine.site.rulesKey}"`;
    const tag = `<script async src="${server.url}/v/vitrine.js" ${key} data-consent="granted" data-page-views="false"></script>`;
    response.end(`<!doctype html><title>Shop</title>${tag}`);
  });
  await new Promise<void>((resolve) => pages.listen(0, resolve));
  t.after(() => {
    pages.closeAllConnections();
    pages.close();
  });
  const shop = `http://localhost:${(pages.address() as AddressInfo).port}`;
  const browser = await launchChromium({ ignoreDefaultArgs: ["--disable-back-forward-cache"] });
  t.after(() => browser.close());
  const page = await browser.newPage();
  await page.goto(`${shop}/first`);
  await page.waitForFunction(() => typeof window.vitrine?.ready === "function");
  await page.evaluate(async () => {
    (window as Marked).isMarked = true;
    await window.vitrine.track("Before");
    await window.vitrine.flush();
  });
  const isQuiet = async () =>
    (await navigator.locks.query()).held!.some(({ name }) => name === "vitrine.stream");
  await page.waitForFunction(isQuiet);
  await page.waitForNetworkIdle({ concurrency: 1 });

  await page.evaluate((url) => location.assign(url), `${shop}/second`);
  await page.waitForFunction(
    () => location.pathname === "/second" && typeof window.vitrine?.ready === "function",
  );
  await page.evaluate(() => history.back());
  await page.waitForFunction(() => location.pathname === "/first");
  assert.equal(
    await page.evaluate(() => (window as Marked).isMarked),
    true,
    "it is the same page, not a new load",
  );
  await page.evaluate(async () => {
    void window.vitrine.track("After");
    await window.vitrine.flush();
  });
  await page.waitForFunction(isQuiet);

  const log = server.vitrine.services.collector.log
    .newest("default", Number.MAX_SAFE_INTEGER, 1e6)
    .toReversed();
  const events = log.flatMap(({ body }) => decodeEntry(body).items.filter(isEvent));
  assert.deepEqual(
    events.map(({ event, context }) => [event, context.writer?.seq]),
    [
      ["Before", 1],
      ["After", 1],
    ],
    "the cached page is another page load to the collector",
  );
  assert.notEqual(events[0]!.context.writer!.id, events[1]!.context.writer!.id);
});
