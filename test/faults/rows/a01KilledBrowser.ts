import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "puppeteer-core";
import { createDevice, createEvents } from "../support/device.ts";
import type { FaultRow, Outcome, Scope } from "../support/FaultRow.ts";
import { openShop } from "../support/shop.ts";
import { endsInTornRecord } from "../support/tornLog.ts";

/** Kills of one profile, one after the other: what one leaves behind meets the next. */
const KILLS = 5;
const TABS = 3;
/** Events of a tab before each kill, as far as it comes. */
const EVENTS = 120;
/** The longest time between the first call and the kill. */
const MAX_DELAY_MS = 600;

/** Every write to the outbox commits, and writes nothing. */
const withoutWrites = (page: Page) =>
  page.evaluateOnNewDocument(() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (...asked) {
      return this.name === "outbox" ? (this.count() as IDBRequest) : put.apply(this, asked);
    };
  });

async function run(
  trial: number,
  scope: Scope,
  prepare?: (page: Page) => Promise<unknown>,
): Promise<Outcome> {
  const shop = await openShop(scope);
  let device = await createDevice(scope, shop);
  let torn = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const tabs: Page[] = [];
    for (let tab = 0; tab < TABS; tab++) tabs.push(await device.openTab(prepare));
    // Every other time the network is cut, so that the disk alone stands between the kill and the loss.
    shop.network.decide = ({ path }) => (kill % 2 && path.endsWith("/batch") ? "reset" : "pass");
    for (const [at, tab] of tabs.entries()) {
      const load = { page: `k${kill}t${at}`, count: EVENTS, perTask: 2, everyMs: 4, orderEvery: 10 };
      createEvents(shop, tab, load).catch(() => {}); // the page died with the browser
    }
    // Spread over the whole range, the same for the same trial.
    await pause((((trial * KILLS + kill) * 17) % 50) * (MAX_DELAY_MS / 50));
    await device.kill();
    shop.network.decide = () => "pass";
    if (!endsInTornRecord(device.profile)) continue;
    torn++;
    await device.drain();
    device = await createDevice(scope, shop);
  }
  await device.drain();
  return { faults: KILLS, figures: { "profiles set aside": torn }, ...(await shop.settle()) };
}

/** The browser dies at any time, with three tabs that write. */
export const killedBrowser: FaultRow = {
  id: "A1",
  about: "a browser is killed while three tabs write",
  trials: { ci: 4, full: 60 },
  run: (trial, scope) => run(trial, scope),
  control: {
    about: "on a disk that keeps nothing",
    trials: { ci: 1, full: 5 },
    run: (trial, scope) => run(trial, scope, withoutWrites),
  },
};
