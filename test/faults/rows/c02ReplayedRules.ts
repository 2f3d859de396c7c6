import type { BrowserContext, Page } from "puppeteer-core";
import type { Ruleset, SignedRuleset } from "@vitrine/core";
import { createSigner, type Signer } from "../../browser/support/createSigner.ts";
import { moveClock } from "../../support/shopper.ts";
import type { FaultRow, Outcome, Scope } from "../support/FaultRow.ts";
import { installFeed } from "../support/feedRules.ts";
import { openRulesShop, PLACEMENT, saying, type RulesShop } from "../support/rulesShop.ts";
import { uncaught } from "../support/watchPage.ts";

const GOOD = "Version 5";
const REPLAYED = "Replayed";
const SECOND = 1000;
const DAY = 86_400 * SECOND;
const YEAR = 365 * DAY;

/** Versions that are no news to a page that has 5. */
const OLDER = [
  5,
  4.999,
  4,
  3,
  2,
  1,
  0,
  -1,
  -5,
  -6,
  Number.MIN_SAFE_INTEGER,
  null,
  undefined,
  "4",
  "",
  "x",
  {},
];

/** Sites that are not `main`; one has a Cyrillic letter. */
const SITES = [
  "other",
  "",
  "Main",
  "main ",
  " main",
  "m\u0430in",
  "main\0",
  "vs_test",
  null,
  undefined,
  0,
  ["main"],
  {},
];

/** Ends that have come. */
const ended = (now: number) => [
  ...[now, now - 1, now - SECOND, now - DAY, now - 10 * YEAR],
  ...[1, 0, -1, null, undefined, "", "x", {}],
];

/** Signed by the site's own key, and yet not to be applied by a page that has version 5 of `main`. */
function replays(now: number): Partial<Ruleset>[] {
  const rules = [saying(REPLAYED)];
  const all: object[] = [
    ...OLDER.map((version) => ({ version, rules })),
    ...ended(now).map((notAfter) => ({ version: 6, notAfter, rules })),
    ...SITES.map((site) => ({ version: 6, site, rules })),
    // Nobody's rules at all.
    ...[null, {}, "x", 0].map((none) => ({ version: 6, rules: none })),
  ];
  return all;
}

/** Rules of a genuine ruleset that are not due yet, or no more. */
const notDue = (now: number) =>
  [
    { from: new Date(now + DAY).toISOString() },
    { from: new Date(now + 10 * YEAR).toISOString(), to: null },
    { to: new Date(now - SECOND).toISOString() },
  ].map((schedule, at) => saying(REPLAYED, { id: `not-due-${at}`, schedule, priority: 9 }));

const decided = (page: Page) =>
  page.evaluate((placement) => {
    const { version, outcome, reason } = window.vitrine.decide(placement);
    return { version, reason, outcome: JSON.stringify(outcome ?? "") };
  }, PLACEMENT);

/** Hands a ruleset to a page as another tab would that took it. */
const tellTab = (page: Page, signed: unknown) =>
  page.evaluate(async (rules) => {
    const refused = window.heard.refused;
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel has none
    new BroadcastChannel("vitrine").postMessage([["kv", "rules", rules]]);
    while (window.heard.refused === refused) await new Promise((resolve) => setTimeout(resolve, 5));
  }, signed);

/** Puts a ruleset into the store, past the SDK. */
const store = (page: Page, signed: unknown) =>
  page.evaluate(async (rules) => {
    const done = (request: IDBRequest | IDBTransaction, name: string) =>
      new Promise((resolve) => request.addEventListener(name, resolve));
    const request = indexedDB.open("vitrine");
    await done(request, "success");
    const transaction = request.result.transaction("kv", "readwrite");
    transaction.objectStore("kv").put(rules, "rules");
    await done(transaction, "complete");
    request.result.close();
  }, signed);

/** A trial's shop, and what it found. */
interface Trial {
  shop: RulesShop;
  context: BrowserContext;
  good: SignedRuleset;
  violations: string[];
}

async function run(_trial: number, scope: Scope): Promise<Outcome> {
  const shop = await openRulesShop(scope);
  const now = Date.now();
  const { page, context, noise } = await shop.visit(installFeed);
  const good = await shop.signer.sign({ version: 5, rules: [saying(GOOD), ...notDue(now)] });
  const trial: Trial = { shop, context, good, violations: [] };
  await hearGood(trial, page, "at first");

  const bad = replays(now);
  const signed = await Promise.all(bad.map(shop.signer.sign));
  const bodies = signed.map((one) => JSON.stringify(one));
  for (const at of await page.evaluate((all) => window.feed(all), bodies))
    trial.violations.push(`accepted: ${JSON.stringify(bad[at])}`);
  await checkGood(trial, page, "after all of them");
  // One of the same version is no news, and refused by nobody.
  const byTabs = bad.flatMap(({ version }, at) => (version !== 5 && at % 5 === 0 ? at : []));
  for (const at of byTabs) {
    await tellTab(page, signed[at]);
    await checkGood(trial, page, `another tab said ${JSON.stringify(bad[at])}`);
  }
  const starts = await startWithReplays(trial, page);
  const { violations } = trial;
  violations.push(...uncaught([noise]));
  return { faults: bad.length + byTabs.length + notDue(now).length + starts, violations };
}

async function checkGood({ violations }: Trial, page: Page, what: string): Promise<void> {
  const { version, outcome } = await decided(page);
  if (version !== 5 || !outcome.includes(GOOD)) violations.push(`${what}: version ${version} ${outcome}`);
}

async function hearGood(trial: Trial, page: Page, what: string): Promise<void> {
  await page.evaluate((body) => window.feed([body]), JSON.stringify(trial.good));
  await checkGood(trial, page, what);
}

/** Pages that begin with what somebody put into the store, and with clocks that are ahead. */
async function startWithReplays(trial: Trial, shelf: Page): Promise<number> {
  const { shop, context, violations } = trial;
  const now = Date.now();
  const rules = [saying(REPLAYED)];
  const starts: [what: string, stored: Partial<Ruleset>, by: Signer, aheadMs: number][] = [
    ["expired", { notAfter: now - 1 }, shop.signer, 0],
    ["expired by the page's clock", { notAfter: now + DAY / 3 }, shop.signer, DAY / 2],
    ["of another site's key", {}, await createSigner(), 0],
    ["of a key that signs for another site", { site: "other" }, await createSigner(), 0],
  ];
  const open = async (stored: Partial<Ruleset>, { sign }: Signer = shop.signer, aheadMs = 0) => {
    await store(shelf, await sign({ version: 9, rules, ...stored }));
    const { page } = await shop.visit(async (opened) => {
      await moveClock(opened, aheadMs);
      await installFeed(opened);
    }, context);
    return page;
  };
  for (const [what, stored, by, aheadMs] of starts) {
    const page = await open(stored, by, aheadMs);
    const { reason, version } = await decided(page);
    if (reason !== "disabled") violations.push(`stored, ${what}: ${reason} by version ${version}`);
    await hearGood(trial, page, `after a stored one, ${what}`);
    await page.close();
  }
  // Whoever can write to the store can put an older one back: it counts until the server is heard, and no longer.
  const older = await open({ version: 2 });
  await hearGood(trial, older, "after an older one was put back");
  const page = await open({ notAfter: now + DAY });
  await page.evaluate((by) => {
    const wall = Date.now;
    Date.now = () => wall() + by;
  }, 2 * DAY);
  const { reason } = await decided(page);
  if (reason !== "stale") violations.push(`its end came while the page was open: ${reason}`);
  return starts.length + 2;
}

/** Rules that were good once, will be, or are elsewhere. */
export const replayedRules: FaultRow = {
  id: "C2",
  about: "genuine rulesets that are older, expired, not due yet, or another site's",
  trials: { ci: 1, full: 5 },
  run,
};
