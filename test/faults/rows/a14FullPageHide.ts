import { createDevice, createEvents, isReady } from "../support/device.ts";
import type { FaultRow, Outcome, Scope } from "../support/FaultRow.ts";
import { openShop } from "../support/shop.ts";

const EVENTS = 500;
const BYTES = 3000;
/** What browsers give all keepalive requests of a page together is 65,536. */
const MAX_BODY_BYTES = 60_000;
/** Departures of one trial. */
const LEAVES = 4;

async function run(_trial: number, scope: Scope): Promise<Outcome> {
  const shop = await openShop(scope);
  const { network } = shop;
  const device = await createDevice(scope, shop);
  const page = await device.openTab();
  for (let leave = 0; leave < LEAVES; leave++) {
    const url = `${shop.url}after${leave}`;
    const load = { page: `l${leave}`, count: EVENTS, bytes: BYTES, perTask: EVENTS };
    await Promise.all([
      page.waitForNavigation({ waitUntil: "domcontentloaded" }),
      createEvents(shop, page, { ...load, leave: { url, afterMs: 0 } }),
    ]);
    await isReady(page);
    // What the last departure left is gone before the next: this is not about the outbox's bound.
    await page.evaluate(() => window.vitrine.flush());
  }
  await page.close();
  await device.drain();
  const { account, violations } = await shop.settle();
  const sizes = network.batches.map(({ body }) => Buffer.byteLength(body));
  const large = sizes.filter((size) => size > MAX_BODY_BYTES).length;
  if (large > 0) violations.push(`${large} bodies of more than ${MAX_BODY_BYTES} B`);
  if (account.unpromised.length > 0) violations.push(`${account.unpromised.length} never arrived`);
  return { faults: LEAVES, account, violations, figures: { largestBody: Math.max(...sizes) } };
}

/** More leaves with the page than a keepalive request can carry. */
export const fullPageHide: FaultRow = {
  id: "A14",
  about: `${EVENTS} events of ${BYTES} B wait when the page goes`,
  trials: { ci: 1, full: 50 },
  run,
};
