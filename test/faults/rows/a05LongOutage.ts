import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "puppeteer-core";
import { createDevice, createEvents, isReady } from "../support/device.ts";
import type { FaultRow, Outcome, Scope } from "../support/FaultRow.ts";
import { openShop } from "../support/shop.ts";
import { until } from "../support/until.ts";

const TABS = 3;
/** Of each tab, before and after it is loaded anew. */
const EVENTS = 850;
const CREATED = 2 * TABS * EVENTS;
/** Half of it by the browser's own word, half because nobody answers. */
const OUTAGE_MS = 20_000;
/** Requests a collector should need for so many events, with 500 and 60,000 bytes in one at most. */
const MAX_REQUESTS = 150;

const fetches = (page: Page, url: string) =>
  page.evaluate(
    (address) =>
      fetch(address).then(
        () => true,
        () => false,
      ),
    url,
  );

const seconds = (ms: number) => Math.round(ms / 100) / 10;

async function run(_trial: number, scope: Scope): Promise<Outcome> {
  const shop = await openShop(scope);
  const { network } = shop;
  const device = await createDevice(scope, shop);
  const tabs: Page[] = [];
  for (let tab = 0; tab < TABS; tab++) tabs.push(await device.openTab());
  const violations: string[] = [];
  const create = (name: string) =>
    Promise.all(
      tabs.map((tab, at) =>
        createEvents(shop, tab, { page: `${name}${at}`, count: EVENTS, perTask: 25, everyMs: 20 }),
      ),
    );

  for (const tab of tabs) await tab.setOfflineMode(true);
  if (await fetches(tabs[0]!, `${network.url}/ready`)) violations.push("the page was not offline");
  await create("before");
  await pause(OUTAGE_MS / 2);
  network.decide = () => "reset";
  for (const tab of tabs) {
    await tab.setOfflineMode(false);
    await tab.reload({ waitUntil: "domcontentloaded" });
    await isReady(tab);
  }
  if (await fetches(tabs[0]!, `${network.url}/ready`)) violations.push("the collector was within reach");
  await create("after");
  await pause(OUTAGE_MS / 2);

  network.decide = () => "pass";
  network.mostInFlight = 0;
  const tries = network.batches.length;
  const backAt = performance.now();
  await tabs[0]!.evaluate(() => void dispatchEvent(new Event("online")));
  await until(`${CREATED} events arrived`, () => shop.arrived().length === CREATED);
  const drainSeconds = seconds(performance.now() - backAt);
  const requests = network.batches.length - tries;
  await device.close();
  await device.drain();
  const settled = await shop.settle();
  violations.push(...settled.violations);
  if (settled.account.unpromised.length > 0)
    violations.push(`${settled.account.unpromised.length} never arrived`);
  if (network.mostInFlight > 2) violations.push(`${network.mostInFlight} requests were under way at once`);
  if (requests > MAX_REQUESTS) violations.push(`${requests} requests for what was left`);
  const figures = { drainSeconds, requests, tries, mostInFlight: network.mostInFlight };
  return { faults: 1, account: settled.account, violations, figures };
}

/** Hours without a network, made short: 5,100 events wait in three tabs, which are loaded anew meanwhile. */
export const longOutage: FaultRow = {
  id: "A5",
  about: "no network for long, three tabs, 5,100 events, reloads",
  trials: { ci: 1, full: 50 },
  run,
};
