import { createDevice, createEvents } from "../support/device.ts";
import type { FaultRow, Outcome, Scope } from "../support/FaultRow.ts";
import { openShop, type ShopOptions } from "../support/shop.ts";
import { startPatchedCollector } from "../support/startPatchedCollector.ts";

/** Answers dropped in one trial. */
const ANSWERS = 100;

async function run(scope: Scope, options?: ShopOptions): Promise<Outcome> {
  const shop = await openShop(scope, options);
  const device = await createDevice(scope, shop);
  const page = await device.openTab();
  const answers = { toDrop: 0, dropped: 0 };
  shop.network.decide = ({ path }) => {
    if (!path.endsWith("/batch") || answers.toDrop === 0) return "pass";
    answers.toDrop--;
    answers.dropped++;
    return "dropAnswer";
  };
  for (let round = 0; answers.dropped < ANSWERS; round++) {
    // Once, twice or three times in a row.
    answers.toDrop = Math.min(1 + (round % 3), ANSWERS - answers.dropped);
    await createEvents(shop, page, { page: "p", from: round * 4, count: 4 });
    while (answers.toDrop) await page.evaluate(() => window.vitrine.flush());
    await page.evaluate(() => window.vitrine.flush());
  }
  await page.close();
  await device.drain();
  return { faults: answers.dropped, ...(await shop.settle()) };
}

/** The collector committed, and the page never heard of it. */
export const droppedAnswers: FaultRow = {
  id: "A3",
  about: "answers are dropped after the collector committed",
  trials: { ci: 2, full: 50 },
  run: (_trial, scope) => run(scope),
  control: {
    about: "with a collector that does not deduplicate",
    trials: { ci: 1, full: 1 },
    run: async (_trial, scope) => {
      const collector = await startPatchedCollector(scope, [
        {
          file: "server/src/ingest/accept.ts",
          find: `if (hasReceived(row.received, writer)) return "duplicate";`,
          replace: "",
        },
      ]);
      return run(scope, { collector });
    },
  },
};
