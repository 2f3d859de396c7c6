import type { CDPSession, Page } from "puppeteer-core";
import { createDevice, createEvents } from "../support/device.ts";
import type { FaultRow, Outcome, Scope } from "../support/FaultRow.ts";
import { readStores } from "../support/readStores.ts";
import { openShop, type Shop } from "../support/shop.ts";
import { reportedLosses, vanished } from "../support/vanished.ts";
import { uncaught, watchPage, type PageNoise } from "../support/watchPage.ts";

/** The outbox's own bound, in UTF-16 units of its events. */
const CAP = 5e6;

/** Quotas from 200 KB, a step each trial; every fifth trial has none, and more events than the cap. */
const QUOTAS = [200_000, 500_000, 1_200_000, 3_000_000];

/** Characters of ballast; with what stands around it an event takes some 600 more. */
const BALLAST = 3000;
const EVENT_LENGTH = BALLAST + 600;

const ORDER_EVERY = 10;

/** The host page takes all of its `localStorage`; it stays usable, and says how much it got. */
function fillLocalStorage(): number {
  let taken = 0;
  for (let size = 1 << 20; size > 64; size /= 2) {
    try {
      for (;;) {
        localStorage.setItem(`host${taken}`, "x".repeat(size));
        taken += size;
      }
    } catch {
      // Full for this size.
    }
  }
  return taken;
}

/**
 * Bounds the origin. The browser asks its quota manager when an origin's first database opens and then at most every
 * 30 s, so this comes before the shop's first page; and it holds as long as the session that set it.
 */
async function boundOrigin(cdp: CDPSession, origin: string, quotaSize: number): Promise<void> {
  await cdp.send("Storage.overrideQuotaForOrigin", { origin, quotaSize });
}

/** Waits until the page told of its last drop, and the collector of all of them. */
async function reportAll(shop: Shop, page: Page): Promise<void> {
  const { notes } = shop.ledger;
  const dropped = () =>
    new Set(notes.flatMap(({ level, messageId }) => (level === "dropped" ? messageId : []))).size;
  do await page.evaluate(() => window.vitrine.flush());
  while (reportedLosses(shop.network) < dropped() || (await readStores(page)).outbox.length > 0);
}

async function run(trial: number, scope: Scope): Promise<Outcome> {
  const quota = QUOTAS[trial % (QUOTAS.length + 1)];
  const shop = await openShop(scope, { attributes: 'data-personal="false"' });
  const device = await createDevice(scope, shop);
  const noises: PageNoise[] = [];
  const { origin } = new URL(shop.url);
  const cdp = await (await (await device.start()).newPage()).createCDPSession();
  if (quota) await boundOrigin(cdp, origin, quota);
  shop.network.decide = ({ path }) => (path.endsWith("/batch") ? "reset" : "pass");
  const page = await device.openTab(async (tab) => void noises.push(watchPage(tab)));
  const violations: string[] = [];
  if ((await page.evaluate(fillLocalStorage)) < 1e6) violations.push("the host page got no room");
  const count = Math.ceil((1.3 * (quota ?? CAP)) / EVENT_LENGTH);
  const load = { page: "full", count, perTask: 20, bytes: BALLAST, orderEvery: ORDER_EVERY };
  await createEvents(shop, page, load);
  await page.evaluate(() => window.vitrine.flush());
  const stored = await readStores(page);
  if (stored.length > CAP) violations.push(`${stored.length} units are stored of ${CAP}`);
  shop.network.decide = () => "pass";
  await reportAll(shop, page);
  await device.close();
  await device.drain();
  const { account, violations: broken } = await shop.settle();
  if (!account.dropped && !quota) violations.push("nothing was dropped: the cap was never reached");
  if (!stored.outbox.length) violations.push("nothing was stored: the bound left no room at all");
  // A browser that looked at its disk a moment before may not heed the quota yet: said aloud, and no fault of ours.
  const unbound = quota && stored.outbox.length >= count ? 1 : 0;
  violations.push(...broken, ...droppedOrders(shop), ...vanished(account, shop.network), ...uncaught(noises));
  return { faults: 1, account, violations, figures: { unbound } };
}

/** Orders are never dropped. */
function droppedOrders({ ledger: { notes } }: Shop): string[] {
  const idOf = new Map(notes.map(({ messageId, id }) => [messageId, id]));
  const ids = notes.flatMap((note) =>
    note.level === "dropped" ? (note.id ?? idOf.get(note.messageId) ?? []) : [],
  );
  return ids
    .filter((id) => Number(id.split(".")[1]) % ORDER_EVERY === ORDER_EVERY - 1)
    .map((id) => `order ${id} was dropped`);
}

/** A disk without room, while the network is away and the host page fills what it can. */
export const fullDisk: FaultRow = {
  id: "A8",
  about: "the origin's quota is used up, and the outbox's own bound reached",
  trials: { ci: 5, full: 300 },
  run,
};
