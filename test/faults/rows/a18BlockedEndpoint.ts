import type { Page } from "puppeteer-core";
import { createDevice, createEvents } from "../support/device.ts";
import type { FaultRow, Outcome, Scope } from "../support/FaultRow.ts";
import { installHandClock } from "../support/handClock.ts";
import { openShop } from "../support/shop.ts";

const HOURS = 24;
/** Of the page's clock, between visits to it. */
const STEP_MS = 10 * 60_000;
const STEPS = (HOURS * 3_600_000) / STEP_MS;
/** What happens in a step: together three times what may be kept. */
const EVENTS = 35;
const BYTES = 3000;
const MAX_BYTES = 5e6;
const MAX_TRIES = 300;

/** Refuses every request to an address, as an ad blocker does. */
async function block(page: Page, origin: string): Promise<{ tries: number; isOn: boolean }> {
  const blocker = { tries: 0, isOn: true };
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    const isRefused = blocker.isOn && request.url().startsWith(origin);
    if (isRefused) blocker.tries++;
    void (isRefused ? request.abort("blockedbyclient") : request.continue());
  });
  return blocker;
}

/** Characters of events that the page's database holds. */
async function storedLength(): Promise<number> {
  const opened = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve) => request.addEventListener("success", () => resolve(request.result)));
  const db = await opened(indexedDB.open("vitrine"));
  const rows = await opened(db.transaction("outbox").objectStore("outbox").getAll());
  db.close();
  return (rows as { text: string }[]).reduce((sum, { text }) => sum + text.length, 0);
}

async function run(_trial: number, scope: Scope): Promise<Outcome> {
  const shop = await openShop(scope);
  const device = await createDevice(scope, shop);
  let blocker = { tries: 0, isOn: true };
  let lines = 0;
  const page = await device.openTab(async (opened) => {
    await opened.evaluateOnNewDocument(installHandClock);
    blocker = await block(opened, shop.network.url);
    opened.on("pageerror", () => lines++);
    // The browser's own line about a refused request is not the page's.
    opened.on("console", (line) => void (line.text().startsWith("Failed to load resource") || lines++));
  });
  for (let step = 0; step < STEPS; step++) {
    const load = {
      page: "p",
      from: step * EVENTS,
      count: EVENTS,
      perTask: EVENTS,
      bytes: BYTES,
      orderEvery: EVENTS,
    };
    await createEvents(shop, page, load);
    await page.evaluate((ms) => window.advance(ms), STEP_MS);
  }
  const { tries } = blocker;
  const stored = await page.evaluate(storedLength);
  blocker.isOn = false;
  await page.close();
  await device.drain(STEPS * STEP_MS);
  const { account, violations } = await shop.settle();
  const reported = shop.ledger.notes.filter(({ level }) => level === "dropped").length;
  const overDay = tries / (HOURS / 24);
  if (overDay > MAX_TRIES) violations.push(`${overDay} requests a day`);
  if (stored > MAX_BYTES) violations.push(`${stored} characters are kept`);
  if (lines > 1) violations.push(`${lines} lines on the page's console`);
  if (account.unpromised.length > 0) violations.push(`${account.unpromised.length} are unaccounted for`);
  if (account.dropped !== reported)
    violations.push(`${reported} drops were told of ${account.dropped} events`);
  return { faults: tries, account, violations, figures: { triesADay: overDay, storedBytes: stored } };
}

/** An ad blocker that knows us: for a day nothing gets through, and too much happens to keep it all. */
export const blockedEndpoint: FaultRow = {
  id: "A18",
  about: `the collector is blocked for ${HOURS} hours of the page's clock`,
  trials: { ci: 1, full: 20 },
  run,
};
