import type { Page } from "puppeteer-core";
import { createDevice, createEvents, isReady, type Device } from "../support/device.ts";
import type { FaultRow, Outcome, Scope } from "../support/FaultRow.ts";
import { openShop, type Shop } from "../support/shop.ts";
import { until } from "../support/until.ts";

/** Departures in one trial: to another page of the shop, by closing the tab, and for good. */
const LEAVES = 20;
const CLOSED = 5;
const GONE = 5;
const EVENTS = 3;
/** Of what those did who never return. */
const MIN_SHARE = 0.99;
/** Longest time between the last call and the departure. */
const MAX_DELAY_MS = 50;

const delayOf = (at: number) => (at * 17) % (MAX_DELAY_MS + 1);

const isBack = (page: Page, path: string) =>
  page.waitForFunction((name) => location.pathname === name && document.readyState !== "loading", {}, path);

/** Page after page; every fifth time back to one that the browser kept. */
async function browse(shop: Shop, page: Page): Promise<void> {
  for (let at = 0; at < LEAVES; at++) {
    const path = `/at${at}`;
    const leave = { url: path, afterMs: delayOf(at) };
    await Promise.all([
      isBack(page, path),
      createEvents(shop, page, { page: `leave${at}`, count: EVENTS, leave }),
    ]);
    await isReady(page);
    if (at % 5 !== 4) continue;
    await page.evaluate(() => history.back());
    await isBack(page, `/at${at - 1}`);
    await isReady(page);
  }
}

async function closeTabs(shop: Shop, device: Device): Promise<void> {
  for (let at = 0; at < CLOSED; at++) {
    const page = await device.openTab();
    await createEvents(shop, page, { page: `close${at}`, count: EVENTS });
    await page.close();
  }
}

/** Shoppers who never return. @returns which share of what they did came without another visit. */
async function leaveForGood(scope: Scope): Promise<number> {
  const shop = await openShop(scope);
  const device = await createDevice(scope, shop);
  for (let at = 0; at < GONE; at++) {
    const page = await device.openStranger();
    const leave = { url: `${shop.network.url}/ready`, afterMs: delayOf(at) };
    await Promise.all([
      page.waitForNavigation(),
      createEvents(shop, page, { page: `gone${at}`, count: EVENTS, leave }),
    ]);
  }
  const arrived = () => shop.arrived().length;
  // Fewer are a finding, not an error.
  await until("all arrived", () => arrived() === GONE * EVENTS).catch(() => {});
  await device.close();
  return arrived() / (GONE * EVENTS);
}

async function run(trial: number, scope: Scope): Promise<Outcome> {
  const shop = await openShop(scope);
  const device = await createDevice(scope, shop);
  await device.start({ ignoreDefaultArgs: ["--disable-back-forward-cache"] });
  // Every other time nobody answers, so that all rests on what the page wrote before it went.
  shop.network.decide = ({ path }) => (trial % 2 && path.endsWith("/batch") ? "reset" : "pass");
  await browse(shop, await device.openTab());
  await closeTabs(shop, device);
  await device.close();
  shop.network.decide = () => "pass";
  await device.drain();
  const withoutVisit = await leaveForGood(scope);
  const { account, violations } = await shop.settle();
  if (account.unpromised.length > 0) violations.push(`never arrived: ${account.unpromised.join(", ")}`);
  if (withoutVisit < MIN_SHARE) violations.push(`${withoutVisit} of all came without another visit`);
  return { faults: LEAVES + CLOSED + GONE, account, violations, figures: { withoutVisit } };
}

/** The page goes right after a call. */
export const quickLeave: FaultRow = {
  id: "A13",
  about: `the page goes 0 to ${MAX_DELAY_MS} ms after a call`,
  trials: { ci: 3, full: 100 },
  run,
};
