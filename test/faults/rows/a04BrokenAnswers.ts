import type { Page } from "puppeteer-core";
import { createDevice, createEvents } from "../support/device.ts";
import type { FaultRow, Outcome, Scope } from "../support/FaultRow.ts";
import type { Fault } from "../support/faultProxy.ts";
import { openShop } from "../support/shop.ts";

const MODES = [
  "reset",
  "blackHole",
  "truncated",
  "garbage",
  "portal",
  "empty",
  "redirect",
  "wrongCors",
] as const satisfies Fault[];

/** Broken answers of each kind in one trial. */
const ANSWERS = 25;

/** The SDK gives a request up after a minute; here after a moment. */
const withoutPatience = (page: Page) =>
  page.evaluateOnNewDocument(() => {
    const later = window.setTimeout;
    window.setTimeout = ((task: () => void, delayMs?: number) =>
      later(task, delayMs === 60_000 ? 300 : delayMs)) as typeof setTimeout;
  });

async function run(_trial: number, scope: Scope): Promise<Outcome> {
  const shop = await openShop(scope);
  const device = await createDevice(scope, shop);
  const broken = { faults: 0 };
  const believed: string[] = [];
  for (const mode of MODES) {
    const page = await device.openTab(withoutPatience);
    const from = { faults: broken.faults, notes: shop.ledger.notes.length };
    shop.network.decide = ({ path }) => {
      if (!path.endsWith("/batch")) return "pass";
      broken.faults++;
      return mode;
    };
    for (let round = 0; broken.faults - from.faults < ANSWERS; round++) {
      await createEvents(shop, page, { page: mode, from: round * 4, count: 4 });
      await page.evaluate(() => window.vitrine.flush());
    }
    const words = shop.ledger.notes.slice(from.notes).filter(({ level }) => level !== "stored");
    if (words.length) believed.push(`${mode}: took ${words.length} events for delivered or dropped`);
    shop.network.decide = () => "pass";
    await page.evaluate(() => window.vitrine.flush());
    await page.close();
  }
  await device.drain();
  const { account, violations } = await shop.settle();
  return { ...broken, account, violations: [...violations, ...believed] };
}

/** Whatever is not the collector's own word is no delivery. */
export const brokenAnswers: FaultRow = {
  id: "A4",
  about: `answers are broken (${MODES.join(", ")})`,
  trials: { ci: 1, full: 20 },
  run,
};
