import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { it, type TestContext } from "node:test";
import {
  ENGINE_NAMES,
  engineTitle,
  howToInstall,
  wantedEngines,
  type EngineName,
} from "../../scripts/engines.ts";
import { decodeEntry, isEvent } from "../../packages/server/src/ingest/logEntry.ts";
import { streamsOf } from "../../packages/server/src/stream/streamsOf.ts";
import { runVitrine, type Running } from "../server/support/runVitrine.ts";
import { openEnginePage, type EnginePage } from "../support/enginePage.ts";

declare global {
  interface Window {
    isMarked?: boolean;
    /** Requests without an answer. */
    asked: number;
    /** When something last went on in the page, by its monotonic clock. */
    busyAt: number;
  }
}

// Counts requests, and remembers since when there are none.
const COUNT_REQUESTS = `asked = 0; busyAt = 0; const real = fetch;
  fetch = (...args) => {
    asked++;
    return real(...args).finally(() => { asked--; busyAt = performance.now(); });
  };`;

/** Serves a shop page at every path of an origin of its own, and one without the SDK at `/plain`. */
async function startShop(t: TestContext, server: Running): Promise<string> {
  const key = `data-site="${server.siteKey}" data-rules-key="${server.vitrine.site.rulesKey}"`;
  const tag = `<script async src="${server.url}/v/vitrine.js" ${key} data-consent="granted" data-page-views="false"></script>`;
  const pages = createServer(({ url }, response) => {
    const scripts = url === "/plain" ? "" : `<script>${COUNT_REQUESTS}</script>${tag}`;
    response.setHeader("Content-Type", "text/html");
    response.end(`<!doctype html><title>Shop</title>${scripts}`);
  });
  await new Promise<void>((resolve) => pages.listen(0, resolve));
  t.after(() => {
    pages.closeAllConnections();
    pages.close();
  });
  return `http://localhost:${(pages.address() as AddressInfo).port}`;
}

/** A page that is ready at a path. */
const isReadyAt = (path: string) => location.pathname === path && typeof window.vitrine?.ready === "function";

/** A page that holds stream and sender's locks alone, and asked for nothing in the last second. */
const isQuiet = async () => {
  const { held, pending } = await navigator.locks.query();
  const streams = held!.filter(({ name }) => name === "vitrine.stream");
  return (
    streams.length === 1 && !pending!.length && !window.asked && performance.now() > window.busyAt + 1000
  );
};

const track = async (name: string) => {
  await window.vitrine.track(name);
  await window.vitrine.flush();
};

/** The events that the collector accepted, oldest first. */
const acceptedBy = (server: Running) =>
  server.vitrine.services.collector.log
    .newest("default", Number.MAX_SAFE_INTEGER, 1e6)
    .toReversed()
    .flatMap(({ body }) => decodeEntry(body).items.filter(isEvent));

const goOn = (page: EnginePage, url: string) => page.evaluate((to) => location.assign(to), url);
const goBack = (page: EnginePage) => page.evaluate(() => history.back());
const mark = (page: EnginePage) => page.evaluate(() => void (window.isMarked = true));
const isMarked = (page: EnginePage) => page.evaluate(() => window.isMarked === true);

/**
 * Firefox decides when the next page is asked for, before `pagehide`: a page that then holds a Web Lock or an open
 * request is not kept, whatever it gives up later.
 */
const KEPT: Record<EngineName, boolean> = { chromium: true, firefox: false, webkit: true };

// An event in the last 250 ms costs the cache: its strict write ends in the frozen page, and browsers evict it then.
for (const engine of ENGINE_NAMES) {
  const how = KEPT[engine]
    ? "a quiet page goes into the back/forward cache with its locks and stream given up, and works on when it comes back"
    : "a page with the SDK is loaded anew on the way back, and nothing of the old one is in the way";
  it(`${engineTitle(engine)}: ${how}`, async (t) => {
    if (!wantedEngines().includes(engine)) return t.skip(`not there (${howToInstall(engine)})`);
    const server = await runVitrine(t, { clock: Date.now });
    const shop = await startShop(t, server);
    const page = await openEnginePage(engine);
    t.after(() => page.close());
    const streams = streamsOf(server.vitrine.services);

    await page.goto(`${shop}/plain`);
    await mark(page);
    await goOn(page, `${shop}/first`);
    await page.until("the first page is ready", isReadyAt, "/first");
    await goBack(page);
    await page.until("the plain page is back", () => location.pathname === "/plain");
    assert.equal(await isMarked(page), true, "the cache is on: a page without the SDK is kept");

    await goOn(page, `${shop}/first`);
    await page.until("the first page is ready again", isReadyAt, "/first");
    await mark(page);
    await page.evaluate(track, "Before");
    await page.until("the first page is quiet", isQuiet);
    assert.equal(streams.size, 1);

    await goOn(page, `${shop}/second`);
    await page.until("the second page is ready", isReadyAt, "/second");
    await page.evaluate(track, "Between");
    assert.equal(
      acceptedBy(server).length,
      2,
      "the first page holds neither the sender's lock nor its lease",
    );
    await page.until("the second page has the stream", isQuiet);
    assert.equal(streams.size, 1, "the first page has no stream");

    await goBack(page);
    await page.until("the first page is back", isReadyAt, "/first");
    assert.equal(await isMarked(page), KEPT[engine], "the same page, or a new load");
    await page.evaluate(track, "After");
    await page.until("the first page has the stream again", isQuiet);
    assert.equal(streams.size, 1);

    const events = acceptedBy(server);
    assert.deepEqual(
      events.map(({ event, context }) => [event, context.writer?.seq]),
      [
        ["Before", 1],
        ["Between", 1],
        ["After", 1],
      ],
    );
    const writers = new Set(events.map(({ context }) => context.writer!.id));
    assert.equal(writers.size, 3, "a page that came back is another page load to the collector");
  });
}
