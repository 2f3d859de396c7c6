import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser, Page } from "puppeteer-core";
import { launchChromium } from "../support/chromium.ts";
import { controlWorkers, type WorkerControl } from "./support/controlWorker.ts";
import { countEvents, until } from "./support/countEvents.ts";
import { openGatedShop, outboxSize, type GatedShop } from "./support/gatedShop.ts";

/** Rounds, each with a fault in the middle of the worker's request. */
const ROUNDS = Number(process.env.WORKER_ROUNDS ?? 20);

const EVENTS = 5;

/** Tracks events that cannot be sent, and closes the page: they are the worker's. */
async function leaveBehind(browser: Browser, shop: GatedShop, ids: string[]): Promise<void> {
  shop.gate.mode = "down";
  const page = await browser.newPage();
  await shop.open(page);
  const told = await page.evaluate(
    (names) => Promise.all(names.map((id) => window.vitrine.track("Trial", { id }))),
    ids,
  );
  assert.deepEqual([...new Set(told.map(({ status }) => status))], ["stored"]);
  await page.close();
}

describe("A15: the outbox of a page that is gone", () => {
  let browser: Browser;
  let blank: Page;
  let workers: WorkerControl;

  before(async () => {
    browser = await launchChromium();
    blank = await browser.newPage();
    workers = await controlWorkers(blank);
  });
  after(() => browser.close());

  /** Opens the shop again and waits until nothing is left. */
  const settle = async (shop: GatedShop) => {
    shop.gate.mode = "open";
    for (const { cut } of shop.gate.held.splice(0)) cut();
    const page = await browser.newPage();
    await shop.open(page);
    await until("the outbox is empty", async () => {
      await page.evaluate(() => window.vitrine.flush());
      return !(await outboxSize(page));
    });
    await page.close();
  };

  it("is sent by the worker alone, once the network is back", async (t) => {
    const shop = await openGatedShop(t);
    await leaveBehind(browser, shop, ["a", "b", "c"]);
    assert.equal(countEvents(shop.server.vitrine, "Trial").size, 0);
    shop.gate.mode = "open";
    await workers.sync(shop.origin);
    await until("all have arrived", () => countEvents(shop.server.vitrine, "Trial").size === 3);
    const page = await browser.newPage();
    shop.gate.mode = "down";
    await shop.open(page);
    await until("the worker took out what was acknowledged", async () => !(await outboxSize(page)));
    await page.close();
  });

  it(`survives the worker's end in mid-flush: 0 lost, 0 doubled (${ROUNDS} rounds)`, async (t) => {
    const shop = await openGatedShop(t);
    const { gate } = shop;
    const line = shop.worker!;
    const faults = [
      workers.stopAll,
      () => workers.update(shop.origin),
      () => workers.unregister(shop.origin),
    ];
    const handedIn: string[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const ids = Array.from({ length: EVENTS }, (_, i) => `${round}.${i}`);
      handedIn.push(...ids);
      await leaveBehind(browser, shop, ids);
      // The collector has them and nobody knows, or it has not.
      gate.mode = round % 2 ? "swallow" : "hold";
      await workers.sync(shop.origin);
      await until("the worker's request is under way", () => gate.held.some(({ isAlive }) => isAlive()));
      shop.worker = `${line} // version ${round}`;
      await faults[round % faults.length]!();
      // Every other time the answer still comes, to whoever is there to hear it.
      if (round % 4 < 2) for (const { release, isAlive } of gate.held) if (isAlive()) release();
      await settle(shop);
    }
    const arrived = countEvents(shop.server.vitrine, "Trial");
    assert.deepEqual(
      handedIn.filter((id) => !arrived.has(id)),
      [],
      "lost",
    );
    assert.deepEqual(
      [...arrived].filter(([, count]) => count > 1),
      [],
      "doubled",
    );
    const repeated = gate.posted.length - new Set(gate.posted).size;
    t.diagnostic(`${handedIn.length} events, ${arrived.size} arrived, ${repeated} were posted again`);
    assert.ok(repeated > ROUNDS, "the faults did bite");
  });
});
