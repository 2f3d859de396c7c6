import type { Page } from "puppeteer-core";
import { BROKEN_DATABASES } from "../../browser/support/brokenDatabases.ts";
import { createDevice, createEvents } from "../support/device.ts";
import type { FaultRow, Outcome, Scope } from "../support/FaultRow.ts";
import { openShop } from "../support/shop.ts";
import { eventually, idsOf } from "../support/untilStored.ts";
import { vanished } from "../support/vanished.ts";
import { uncaught, watchPage, type PageNoise } from "../support/watchPage.ts";

const EVENTS = 20;

/** Puts a broken database in the real one's place, as pages see it. */
const breakDatabase = (page: Page, source: string) =>
  page.evaluateOnNewDocument(
    `{ const real = indexedDB; Object.defineProperty(window, "indexedDB", { get: () => (${source})(real) }); }`,
  );

async function run(_trial: number, scope: Scope): Promise<Outcome> {
  const shop = await openShop(scope);
  const device = await createDevice(scope, shop);
  const noises: PageNoise[] = [];
  const violations: string[] = [];
  const kinds = Object.entries(BROKEN_DATABASES);
  for (const [at, [what, breakIt]] of kinds.entries()) {
    const page = await device.openTab(async (tab) => {
      noises.push(watchPage(tab));
      await breakDatabase(tab, breakIt.toString());
    });
    const name = `b${at}`;
    await createEvents(shop, page, { page: name, count: EVENTS });
    const hasAll = () => {
      const told = shop.ledger.notes.flatMap(({ level, id }) => (level === "delivered" ? (id ?? []) : []));
      return idsOf(name, EVENTS).every((id) => told.includes(id));
    };
    if ((await eventually(hasAll)) === undefined) violations.push(`${what}: events are not sent`);
    const profile = await page.evaluate(() => window.vitrine.profile().counters["Step Done"]?.total);
    if (profile !== EVENTS) violations.push(`${what}: the profile counts ${String(profile)}`);
    await page.close();
  }
  await device.close();
  const { account, violations: broken } = await shop.settle();
  violations.push(...broken, ...vanished(account, shop.network), ...uncaught(noises));
  const lines = Math.max(...noises.map((noise) => noise.lines.length));
  if (lines > 1) violations.push(`${lines} lines on a page's console`);
  return { faults: kinds.length, account, violations };
}

/** No database, in the ways browsers have. That it takes a second at most is in `database.wtr.ts`, on a clock by hand. */
export const brokenDatabase: FaultRow = {
  id: "A10",
  about: "the database is missing, throws, hangs, is read-only or full",
  trials: { ci: 1, full: 50 },
  run,
};
