import type { Page } from "puppeteer-core";
import type { SignedRuleset } from "@vitrine/core";
import type { FaultRow, Outcome, Scope } from "../support/FaultRow.ts";
import { forgeRules } from "../support/forgeRules.ts";
import { installFeed } from "../support/feedRules.ts";
import { readStores } from "../support/readStores.ts";
import { openRulesShop, PLACEMENT, saying, type RulesShop } from "../support/rulesShop.ts";
import { uncaught } from "../support/watchPage.ts";

const GOOD = "The last good one";

/** Texts of different lengths and scripts: what is flipped is bytes, and a byte may be a part of a letter. */
const WORDS = ["New", "Größe für dich", "尺码", "“%20<&>\\n”", "🧥 50 %"];

/** Feeds every body that differs in one bit from a genuine one, where its signature counts. Runs in the page. */
function feedFlips(body: string, end: number): Promise<{ flips: number; applied: number[] }> {
  const bytes = new TextEncoder().encode(body);
  const flips = end * 8;
  const flipped = function* () {
    for (let bit = 0; bit < flips; bit++) {
      const copy = bytes.slice();
      copy[bit >> 3]! ^= 1 << (bit & 7);
      yield copy;
    }
  };
  return window.feed(flipped()).then((applied) => ({ flips, applied }));
}

/** What stands in the page, and the ruleset behind it. */
const shownIn = (page: Page) =>
  page.evaluate((placement) => {
    const { version, rule } = window.vitrine.decide(placement);
    return `${version} ${rule} ${document.querySelector("[data-vitrine-slot]")!.textContent}`;
  }, PLACEMENT);

const isShown = (page: Page, words: string) =>
  page.waitForFunction((wanted) => document.body.textContent.includes(wanted), {}, words);

/** A page where version 1 was applied and is the last good one. */
async function openGood(shop: RulesShop, prepare?: (page: Page) => Promise<unknown>) {
  const visit = await shop.visit(async (page) => {
    await prepare?.(page);
    await installFeed(page);
  });
  const good = await shop.signer.sign({ version: 1, rules: [saying(GOOD)] });
  await visit.page.evaluate((body) => window.feed([body]), JSON.stringify(good));
  await isShown(visit.page, GOOD);
  return { ...visit, good };
}

/** Answers that were cut off, and rulesets that were. */
function cutsOf(body: string, genuine: SignedRuleset): string[] {
  const cuts = Array.from({ length: body.length >> 3 }, (_, at) => body.slice(0, at << 3));
  for (let at = 0; at < genuine.payload.length; at += 8)
    cuts.push(JSON.stringify({ ...genuine, payload: genuine.payload.slice(0, at) }));
  return cuts;
}

async function run(trial: number, scope: Scope): Promise<Outcome> {
  const shop = await openRulesShop(scope);
  const { page, context, noise, good } = await openGood(shop);
  const violations: string[] = [];
  const last = await shownIn(page);
  const check = async (what: string, among: Page = page) => {
    const now = await shownIn(among);
    if (now !== last) violations.push(`${what}: ${now}`);
  };
  const words = `${WORDS[trial % WORDS.length]!} ${trial}`;
  const rules = [
    saying(words),
    saying(words, { id: "later", when: { "profile.cart.count": { $gt: trial } } }),
  ];
  const genuine = await shop.signer.sign({ version: 2, rules });
  const { kid, ...covered } = genuine;
  const text = JSON.stringify(covered);
  // The name of the key is not signed: whatever it says, the rules are the genuine ones.
  const body = `${text.slice(0, -1)},"kid":${JSON.stringify(kid)}}`;
  const { flips, applied } = await page.evaluate(feedFlips, body, Buffer.byteLength(text) - 1);
  for (const bit of applied) violations.push(`accepted with bit ${bit} flipped`);
  await check("after the flips");

  const forged = (await forgeRules(shop.signer, genuine)).map((one) => JSON.stringify(one));
  const others = [...cutsOf(body, genuine), ...forged];
  for (const at of await page.evaluate((bodies) => window.feed(bodies), others))
    violations.push(`accepted: ${others[at]!.slice(0, 200)}`);
  await check("after the forgeries");
  const { text: stored } = await readStores(page);
  if (!stored.includes(JSON.stringify(good.signature))) violations.push("the last good one is not stored");
  const next = await shop.visit(undefined, context);
  await isShown(next.page, GOOD);
  await check("on the next page", next.page);

  // What was flipped would have been applied, had nobody touched it.
  await page.evaluate((one) => window.feed([one]), body);
  const [version] = (await shownIn(page)).split(" ");
  if (version !== "2") violations.push("the genuine one is not accepted");
  const { refused } = await page.evaluate(() => window.heard);
  violations.push(...uncaught([noise, next.noise]));
  return { faults: flips + others.length, violations, figures: { accepted: applied.length, refused } };
}

/** What is accepted by a page whose WebCrypto says yes to everything. */
async function runUnverified(_trial: number, scope: Scope): Promise<Outcome> {
  const shop = await openRulesShop(scope);
  const { page } = await openGood(shop, (one) =>
    one.evaluateOnNewDocument(() => {
      SubtleCrypto.prototype.verify = async () => true;
    }),
  );
  const forged = await forgeRules(shop.signer, await shop.signer.sign({ version: 2 }));
  const applied = await page.evaluate(
    (bodies) => window.feed(bodies),
    forged.map((one) => JSON.stringify(one)),
  );
  return { faults: forged.length, violations: applied.map((at) => `accepted: forgery ${at}`) };
}

/** Rules that somebody else wrote, or changed on the way. */
export const forgedRules: FaultRow = {
  id: "C1",
  about: "rulesets with any one bit flipped, of another site's key, cut off, unsigned, of other algorithms",
  trials: { ci: 1, full: 20 },
  run,
  control: {
    about: "where the signature is not looked at",
    trials: { ci: 1, full: 5 },
    run: runUnverified,
  },
};
