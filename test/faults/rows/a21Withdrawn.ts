import type { Page } from "puppeteer-core";
import { temporaryFolder } from "../../support/shopper.ts";
import { createDevice, createEvents, type Device } from "../support/device.ts";
import type { FaultRow, Outcome, Scope } from "../support/FaultRow.ts";
import { grepFolder } from "../support/grepFolder.ts";
import { readStores } from "../support/readStores.ts";
import { openShop, type Shop } from "../support/shop.ts";
import { eventually } from "../support/untilStored.ts";
import { sentEvents } from "../support/vanished.ts";
import { uncaught, watchPage, type PageNoise } from "../support/watchPage.ts";

/** In every event, its id and the user's name; nowhere else. */
const CANARY = "canaryQ7xw";
const EVENTS = 20;
/** How long the collector's word on a batch is held back. */
const IN_FLIGHT_MS = 500;
/** Where the shop's own server hears of the withdrawal, and has the browser empty the origin. */
const WITHDRAWN_PATH = "/withdrawn";
/** Chromium's IndexedDB appends, and rewrites its files when they grow: until then deleted bytes are in them. */
const REWRITTEN_LATER = /\/IndexedDB\/[^/]+\.leveldb\//;

interface Stage {
  shop: Shop;
  device: Device;
  page: Page;
  /** Requests to the collector, oldest first. */
  asked: string[];
  open: () => Promise<Page>;
}

/** Sends something, then has a batch in flight. */
async function putInFlight({ shop, page }: Stage): Promise<void> {
  await page.evaluate((name) => void window.vitrine.identify(name), CANARY);
  await createEvents(shop, page, { page: CANARY, count: EVENTS });
  await page.evaluate(() => window.vitrine.flush());
  const { network } = shop;
  const before = network.batches.length;
  const { decide } = network;
  network.decide = (request) => {
    decide(request);
    return request.path.endsWith("/batch") ? { delayMs: IN_FLIGHT_MS } : "pass";
  };
  await createEvents(shop, page, { page: CANARY, from: EVENTS, count: EVENTS });
  await page.evaluate(() => void window.vitrine.flush());
  await eventually(() => network.batches.length > before);
  network.decide = decide;
}

/** After a refusal nothing leaves any more, whatever the pages do. */
async function refuse(stage: Stage): Promise<string[]> {
  const { shop, page, asked, open } = stage;
  await page.evaluate(() => window.vitrine.consent("denied"));
  const before = asked.length;
  const other = await open();
  for (const [at, tab] of [page, other].entries()) {
    await createEvents(shop, tab, { page: `refused${at}`, count: EVENTS });
    await tab.evaluate(() => window.vitrine.flush());
  }
  const { text } = await readStores(other);
  await Promise.all([page, other].map((tab) => tab.close()));
  return [
    ...asked.slice(before).map((path) => `asked after the refusal: ${path}`),
    ...(text.includes(CANARY) ? ["stored after the refusal"] : []),
  ];
}

/** After a reset what is unsent goes out as the old device, and nothing new does. */
async function reset({ shop, page }: Stage): Promise<string[]> {
  const idOf = () => page.evaluate(async () => (await window.vitrine.ready()).anonymousId ?? "");
  const old = await idOf();
  await page.evaluate(() => window.vitrine.reset());
  await createEvents(shop, page, { page: "fresh", count: EVENTS });
  const isSent = eventually(async () => {
    await page.evaluate(() => window.vitrine.flush());
    return !(await readStores(page)).outbox.length;
  });
  const violations = (await isSent) === undefined ? ["what was unsent is not sent"] : [];
  const { text } = await readStores(page);
  const fresh = sentEvents(shop.network).filter(({ properties }) =>
    String(properties?.id).startsWith("fresh"),
  );
  const mixed = fresh.filter(({ anonymousId, userId }) => anonymousId === old || userId);
  if (fresh.length !== EVENTS || mixed.length)
    violations.push(`${mixed.length} of ${fresh.length} new events name the old person`);
  if (text.includes(CANARY) || text.includes(old)) violations.push("stored after the reset");
  await page.close();
  return violations;
}

/** The device's files: the canary is in none but the database's own, and in none once the shop had the origin emptied. */
async function searchFiles({ shop, device }: Stage, profile: string) {
  await device.close();
  const left = grepFolder(profile, CANARY);
  const browser = await device.start();
  const page = await browser.newPage();
  await page.goto(new URL(WITHDRAWN_PATH, shop.url).href);
  await device.close();
  const violations = [
    ...[...left.keys()].filter((path) => !REWRITTEN_LATER.test(path)).map((path) => `left in ${path}`),
    ...[...grepFolder(profile, CANARY).keys()].map((path) => `left in ${path}, after Clear-Site-Data`),
  ];
  return { violations, left: [...left.values()].reduce((sum, count) => sum + count, 0) };
}

async function run(trial: number, scope: Scope): Promise<Outcome> {
  const profile = await temporaryFolder("device");
  scope.after(profile.remove);
  const shop = await openShop(scope, {
    headers: (path): Record<string, string> =>
      path === WITHDRAWN_PATH ? { "Clear-Site-Data": '"storage"' } : {},
  });
  const asked: string[] = [];
  shop.network.decide = ({ path }) => {
    if (!path.startsWith("/v/")) asked.push(path);
    return "pass";
  };
  const device = await createDevice(scope, shop, profile.path);
  const noises: PageNoise[] = [];
  const open = () => device.openTab(async (tab) => void noises.push(watchPage(tab)));
  const stage: Stage = { shop, device, page: await open(), asked, open };
  await putInFlight(stage);
  const violations = await (trial % 2 ? reset(stage) : refuse(stage));
  const { violations: found, left } = await searchFiles(stage, profile.path);
  const { account, violations: broken } = await shop.settle();
  violations.push(...found, ...broken, ...uncaught(noises));
  return { faults: 1, account, violations, figures: { "deleted copies in the database's files": left } };
}

/**
 * Consent is withdrawn, or the device reset, with a batch in flight. Stores are empty at once, by the database's own
 * word; the bytes on the disk are the browser's: gone at once when the shop's server answers with `Clear-Site-Data`.
 */
export const withdrawn: FaultRow = {
  id: "A21",
  about: "consent is withdrawn, or the device reset, with a batch in flight",
  trials: { ci: 4, full: 500 },
  run,
};
