import type { Page } from "puppeteer-core";
import { buildSdk } from "../support/buildSdk.ts";
import { createDevice, createEvents } from "../support/device.ts";
import type { FaultRow, Outcome, Scope } from "../support/FaultRow.ts";
import { openShop } from "../support/shop.ts";
import { idsOf, untilStored } from "../support/untilStored.ts";
import { vanished } from "../support/vanished.ts";
import { uncaught, watchPage, type PageNoise } from "../support/watchPage.ts";

declare global {
  interface Window {
    /** Every handle that is open dies. */
    killHandles: (error: string) => void;
  }
}

/** Deaths in one page, and events after each. */
const DEATHS = 10;
const EVENTS = 6;

/** As Safari says that its database process is gone, and as browsers say that a handle is closing. */
const ERRORS = ["UnknownError", "InvalidStateError"];

/** How long the control waits for what cannot come. */
const HOPELESS_MS = 3000;

/** Handles of the page die when told, for good; each reading of the test opens its own. */
const mortalHandles = (page: Page) =>
  page.evaluateOnNewDocument(() => {
    const open = new Set<IDBDatabase>();
    const dead = new Map<IDBDatabase, string>();
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function (...args) {
      const error = dead.get(this);
      if (error)
        throw new DOMException(
          "Connection to Indexed Database server lost. Refresh the page to try again",
          error,
        );
      open.add(this);
      return transaction.apply(this, args);
    };
    window.killHandles = (error) => {
      for (const handle of open) dead.set(handle, error);
      open.clear();
    };
  });

async function run(trial: number, scope: Scope, script?: string): Promise<Outcome> {
  const shop = await openShop(scope, { attributes: 'data-personal="false"' });
  if (script) shop.network.files.set("/v/vitrine.js", script);
  const device = await createDevice(scope, shop);
  const noises: PageNoise[] = [];
  const violations: string[] = [];
  // The database alone stands between the events and the kill at the end.
  shop.network.decide = ({ path }) => (path.endsWith("/batch") ? "reset" : "pass");
  const page = await device.openTab(async (tab) => {
    noises.push(watchPage(tab));
    await mortalHandles(tab);
  });
  await createEvents(shop, page, { page: "h", count: EVENTS });
  let healedMs = 0;
  for (let death = 0; death < DEATHS && !violations.length; death++) {
    await page.evaluate((error) => window.killHandles(error), ERRORS[(trial + death) % ERRORS.length]!);
    const from = (death + 1) * EVENTS;
    await createEvents(shop, page, { page: "h", from, count: EVENTS });
    const tookMs = await untilStored(page, idsOf("h", from + EVENTS), script ? HOPELESS_MS : undefined);
    if (tookMs === undefined) violations.push(`death ${death}: never stored again`);
    healedMs = Math.max(healedMs, tookMs ?? 0);
  }
  await device.kill();
  shop.network.decide = () => "pass";
  await device.drain();
  const { account, violations: broken } = await shop.settle();
  const lines = noises.flatMap((noise) => noise.lines);
  if (lines.length > 1) violations.push(`${lines.length} lines on the console: ${lines[0]}`);
  violations.push(...broken, ...vanished(account, shop.network), ...uncaught(noises));
  return { faults: DEATHS, account, violations, figures: { "ms until stored again": healedMs } };
}

/** The database's handle dies in use. */
export const deadHandle: FaultRow = {
  id: "A11",
  about: "the database's handle dies in use",
  trials: { ci: 3, full: 50 },
  run: (trial, scope) => run(trial, scope),
  control: {
    about: "with a build that keeps its handle",
    trials: { ci: 1, full: 5 },
    run: async (trial, scope) => {
      const keepsHandle = { file: "outbox/db.js", from: "if (!isQuotaError(error))", to: "if (false)" };
      return run(trial, scope, await buildSdk([keepsHandle]));
    },
  },
};
