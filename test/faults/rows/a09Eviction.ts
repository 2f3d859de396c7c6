import { createDevice, createEvents } from "../support/device.ts";
import type { FaultRow, Outcome, Scope } from "../support/FaultRow.ts";
import { openShop } from "../support/shop.ts";
import { idsOf, untilStored } from "../support/untilStored.ts";
import { vanished } from "../support/vanished.ts";
import { uncaught, watchPage, type PageNoise } from "../support/watchPage.ts";

/** Evictions of one device, each in a page load of its own that ends with a kill. */
const EVICTIONS = 5;
/** Events before and after each. */
const EVENTS = 20;

/** What the browser may take away together. */
const TAKEN = ["indexeddb", "all"];

async function run(trial: number, scope: Scope): Promise<Outcome> {
  const shop = await openShop(scope, { attributes: 'data-personal="false"' });
  const device = await createDevice(scope, shop);
  const noises: PageNoise[] = [];
  const violations: string[] = [];
  const { origin } = new URL(shop.url);
  let healedMs = 0;
  // The database is all there is until the end.
  shop.network.decide = ({ path }) => (path.endsWith("/batch") ? "reset" : "pass");
  for (let eviction = 0; eviction < EVICTIONS; eviction++) {
    const page = await device.openTab(async (tab) => void noises.push(watchPage(tab)));
    const name = `e${eviction}`;
    await createEvents(shop, page, { page: name, count: EVENTS });
    if ((await untilStored(page, idsOf(name, EVENTS))) === undefined) violations.push("never stored");
    const cdp = await page.createCDPSession();
    const storageTypes = TAKEN[(trial + eviction) % TAKEN.length]!;
    const evicted = cdp.send("Storage.clearDataForOrigin", { origin, storageTypes });
    await createEvents(shop, page, { page: name, from: EVENTS, count: EVENTS, perTask: 2 });
    await evicted;
    // What earlier page loads left is in this one's memory, and goes back with its own.
    const kept = idsOf(name, 2 * EVENTS).concat(...idsOfEarlier(eviction));
    const tookMs = await untilStored(page, kept);
    if (tookMs === undefined) violations.push(`eviction of ${storageTypes}: never stored again`);
    healedMs = Math.max(healedMs, tookMs ?? 0);
    await device.kill();
  }
  shop.network.decide = () => "pass";
  await device.drain();
  const { account, violations: broken } = await shop.settle();
  violations.push(...broken, ...vanished(account, shop.network), ...uncaught(noises));
  return { faults: EVICTIONS, account, violations, figures: { "ms until stored again": healedMs } };
}

const idsOfEarlier = (eviction: number) =>
  Array.from({ length: eviction }, (_, before) => idsOf(`e${before}`, 2 * EVENTS));

/** The browser takes an origin's storage away while a page of it is open. */
export const eviction: FaultRow = {
  id: "A9",
  about: "the browser evicts the origin in mid-session",
  trials: { ci: 2, full: 40 },
  run,
};
