import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, it, type TestContext } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import type { Browser, Page } from "puppeteer-core";
import { decodeEntry, isEvent } from "../../packages/server/src/ingest/logEntry.ts";
import { runVitrine, type Running } from "../server/support/runVitrine.ts";
import { launchChromium } from "../support/chromium.ts";
import { temporaryFolder } from "../support/shopper.ts";

/** Kills of the real SDK; of N trials without a loss the 95 % upper bound of the loss is 3/N. */
const KILLS = Number(process.env.KILLS ?? 50);
const CONTROL_KILLS = 10;

/** The longest wait between a call and the kill. */
const MAX_DELAY_MS = 400;

/** Events of one trial: plain ones, and an order, which has a transaction of its own. */
const EVENTS = 6;

interface Shop {
  server: Running;
  /** Address of a page with the script tag, on another origin than the collector. */
  url: string;
  profile: string;
}

async function openShop(t: TestContext): Promise<Shop> {
  const server = await runVitrine(t, { clock: Date.now });
  const tag = `<script async src="${server.url}/v/vitrine.js" data-site="${server.siteKey}" data-consent="granted" data-page-views="false"></script>`;
  const pages = createServer((_request, response) => {
    response.setHeader("Content-Type", "text/html");
    response.end(`<!doctype html><title>Shop</title><script>vitrine={q:[]}</script>${tag}`);
  });
  await new Promise<void>((resolve) => pages.listen(0, resolve));
  t.after(() => {
    pages.closeAllConnections();
    pages.close();
  });
  const folder = await temporaryFolder("delivery");
  t.after(folder.remove);
  return { server, url: `http://localhost:${(pages.address() as AddressInfo).port}/`, profile: folder.path };
}

/** Kills the browser with everything it started, as the system's out-of-memory killer would. */
async function kill(browser: Browser): Promise<void> {
  const gone = new Promise((resolve) => browser.once("disconnected", resolve));
  process.kill(-browser.process()!.pid!, "SIGKILL");
  await gone;
}

async function openPage(browser: Browser, { url }: Shop): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(url, { waitUntil: "domcontentloaded" });
  await page.waitForFunction(() => typeof window.vitrine?.ready === "function");
  return page;
}

/** Tracks events, and notes here, outside the fault, what was handed in and what was said to be stored. */
async function trackAndDie(
  shop: Shop,
  trial: number,
  delayMs: number,
  isControl: boolean,
  noted: Noted,
): Promise<void> {
  const browser = await launchChromium({ userDataDir: shop.profile });
  const page = await browser.newPage();
  if (isControl)
    await page.evaluateOnNewDocument(
      () => void Object.defineProperty(window, "indexedDB", { value: undefined }),
    );
  await page.exposeFunction("noteStored", (id: string) => void noted.stored.push(id));
  await page.goto(shop.url, { waitUntil: "domcontentloaded" });
  await page.waitForFunction(() => typeof window.vitrine?.ready === "function");
  await page.evaluate(async () => void (await window.vitrine.ready()));
  // Every other time the network is cut as well, so that the disk alone stands between the kill and the loss.
  if (trial % 2) await page.setOfflineMode(true);
  const ids = await page.evaluate(
    (n, count) => {
      const told = window as unknown as { noteStored: (id: string) => void };
      return Array.from({ length: count }, (_, i) => {
        const id = `${n}.${i}`;
        const name = i === 3 ? "Order Completed" : "Trial";
        const stored = window.vitrine.track(name, { id, ...(i === 3 ? { order_id: `order-${n}` } : {}) });
        void stored.then(({ status }) => status === "stored" && told.noteStored(id));
        return id;
      });
    },
    trial,
    EVENTS,
  );
  noted.handedIn.push(...ids);
  await pause(delayMs);
  await kill(browser);
}

interface Noted {
  handedIn: string[];
  stored: string[];
}

/** Opens the shop once more, quietly, so that what is left is sent, and page loads that are over are reported. */
async function drain(shop: Shop): Promise<void> {
  const browser = await launchChromium({ userDataDir: shop.profile });
  const page = await openPage(browser, shop);
  await page.evaluate(() => window.vitrine.flush());
  // A page load counts as over some seconds after its last event; the page's clock says when.
  await page.evaluate(async () => {
    const now = Date.now;
    Date.now = () => now() + 10_000;
    void window.vitrine.track("Last");
    await window.vitrine.flush();
  });
  await browser.close();
}

/** How often each event is in the collector's log. */
function countArrived({ server }: Shop): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { body } of server.vitrine.services.collector.log.newest(
    "default",
    Number.MAX_SAFE_INTEGER,
    1e6,
  )) {
    for (const item of decodeEntry(body).items) {
      const id = isEvent(item) ? item.properties.id : undefined;
      if (typeof id === "string") counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  }
  return counts;
}

/** Events that the collector should miss: stamped before one that was stored, and gone with the process. */
function expectedGaps(handedIn: string[], arrived: Map<string, number>): number {
  let gaps = 0;
  let isLaterThere = false;
  for (const id of handedIn.toReversed()) {
    if (id.endsWith(`.${EVENTS - 1}`)) isLaterThere = false;
    if (arrived.has(id)) isLaterThere = true;
    else if (isLaterThere) gaps++;
  }
  return gaps;
}

async function runTrials(t: TestContext, shop: Shop, kills: number, isControl: boolean): Promise<Noted> {
  const noted: Noted = { handedIn: [], stored: [] };
  for (let trial = 0; trial < kills; trial++) {
    // Spread over the whole range, not rising with the age of the profile.
    const delayMs = ((trial * 17) % kills) * (MAX_DELAY_MS / kills);
    await trackAndDie(shop, trial, delayMs, isControl, noted);
  }
  await drain(shop);
  t.diagnostic(`${kills} kills, ${noted.handedIn.length} events, ${noted.stored.length} said to be stored`);
  return noted;
}

describe("a browser that is killed 0 to 400 ms after a call", () => {
  it(`loses nothing that was stored, and nothing arrives twice (${KILLS} kills)`, async (t) => {
    const shop = await openShop(t);
    const { handedIn, stored } = await runTrials(t, shop, KILLS, false);
    const arrived = countArrived(shop);
    assert.ok(stored.length > KILLS, `the kills leave time to store something: ${stored.length}`);
    assert.deepEqual(
      stored.filter((id) => !arrived.has(id)),
      [],
      "stored and lost",
    );
    assert.deepEqual(
      [...arrived].filter(([, count]) => count > 1),
      [],
      "arrived twice",
    );
    assert.deepEqual(
      [...arrived.keys()].filter((id) => !handedIn.includes(id)),
      [],
      "arrived from nowhere",
    );
    const answer = await fetch(`${shop.server.url}/v1/admin/accounting`, {
      headers: { Authorization: `Bearer ${shop.server.secretKey}` },
    });
    const { accepted, gaps, dropped } = (await answer.json()) as Record<string, number>;
    t.diagnostic(`${arrived.size} arrived; the collector counts ${accepted} accepted, ${gaps} missing`);
    assert.equal(accepted, arrived.size + 1);
    assert.equal(gaps, expectedGaps(handedIn, arrived), "and knows of each that went with a process");
    assert.equal(dropped, 0);
  });

  it(`loses some of them with memory alone, so the kills do bite (${CONTROL_KILLS} kills)`, async (t) => {
    const shop = await openShop(t);
    const { handedIn } = await runTrials(t, shop, CONTROL_KILLS, true);
    const arrived = countArrived(shop);
    t.diagnostic(`${arrived.size} of ${handedIn.length} arrived`);
    assert.ok(arrived.size < handedIn.length);
  });
});
