import type { Page } from "puppeteer-core";
import { MAX_RULESET_CHARS, type Rule, type SignedRuleset } from "@vitrine/core";
import type { FaultRow, Outcome, Scope } from "../support/FaultRow.ts";
import { installFeed } from "../support/feedRules.ts";
import { HOSTILE_RULES, LONG_QUERY, rulesOf } from "../support/hostileRules.ts";
import { openRulesShop, PLACEMENT, saying, SLOT, type RulesShop } from "../support/rulesShop.ts";
import { uncaught } from "../support/watchPage.ts";

const OURS = "Ours";

/** A placement that no hostile rule is about. */
const CALM = "calm";

/** Most changes of the page by one ruleset, which fills two slots. */
const MAX_CHANGES = 8;

/** Slots of one placement on one page; the first trial has fewer. */
const MANY_SLOTS = 100_000;
const FEWER_SLOTS = 10_000;
/** Of which so many are filled: the others keep the shop's default. */
const FILLED_SLOTS = 500;

interface Watched {
  /** Tasks of more than 50 ms. */
  longTasks: number[];
  /** Changes of the page's slots. */
  mutations: number;
}

/** Runs before the page's scripts. */
function watchTasks(): void {
  const watched: Watched = { longTasks: [], mutations: 0 };
  Object.assign(window, { watched });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) watched.longTasks.push(duration);
  }).observe({ type: "longtask" });
  new MutationObserver((records) => {
    watched.mutations += records.length;
  }).observe(document, { childList: true, subtree: true });
}

/** Runs before the page's scripts. */
function listenForErrors(): void {
  const errors: string[] = [];
  const q = [["on", ["error", ({ code }: { code: string }) => errors.push(code)]]];
  Object.assign(window, { errors, vitrine: { q } });
}

/** Waits until the page has drawn what it has, and has heard how long that took. */
const drawn = (page: Page) =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    await new Promise((resolve) => setTimeout(resolve));
    const { watched } = window as unknown as { watched: Watched };
    return Math.max(0, ...watched.longTasks.splice(0));
  });

/** What handing a ruleset over costs the page is not the ruleset's. */
async function bring(page: Page, signed: SignedRuleset): Promise<void> {
  await page.evaluate((body) => void Object.assign(window, { body }), JSON.stringify(signed));
  await drawn(page);
}

/** Hands a ruleset in that is too long, and looks whether the page keeps what it has. */
async function refuseRules(page: Page) {
  return page.evaluate(async (calm) => {
    const { heard, body } = window as unknown as Window & { body: string };
    const before = heard.refused;
    await window.feed([body]);
    return { isTold: heard.refused > before, calm: window.vitrine.decide(calm) };
  }, CALM);
}

/** Hands a ruleset in, and looks at the page once it has settled. */
async function tryRules(page: Page) {
  return page.evaluate(
    async (placement, calm) => {
      const { watched, body } = window as unknown as { watched: Watched; body: string };
      watched.mutations = 0;
      const settled = new Promise<void>((resolve) => {
        const stop = window.vitrine.on("ruleset", () => {
          stop();
          const end = window.vitrine.on("profile", () => {
            end();
            resolve();
          });
        });
      });
      await window.feed([body]);
      await settled;
      const start = performance.now();
      window.vitrine.decide(placement);
      const tookMs = performance.now() - start;
      await new Promise(requestAnimationFrame);
      return {
        tookMs,
        calm: window.vitrine.decide(calm),
        mutations: watched.mutations,
      };
    },
    PLACEMENT,
    CALM,
  );
}

/** Rules that undo each other: what each shows is what the other waits for. */
const LOOP: Rule[] = ["[02468]$", "[13579]$"].map((parity, at) =>
  saying(`Loop ${at}`, {
    id: `loop-${at}`,
    when: {
      "profile.counters.Content Shown.total": at ? { $regex: parity } : { $not: { $regex: "[13579]$" } },
    },
  }),
);

/** Most contents that a loop may show before it is broken. */
const MAX_SHOWINGS = 21;

/** Lets the rules undo each other, until that is told; and looks whether it is over. */
async function runLoop(shop: RulesShop) {
  shop.rules = await shop.signer.sign({ rules: LOOP });
  const { page, context, noise } = await shop.visit(async (opened) => {
    await opened.evaluateOnNewDocument(watchTasks);
    await opened.evaluateOnNewDocument(listenForErrors);
  });
  await page.waitForFunction(() => (window as unknown as { errors: string[] }).errors[0]);
  const found = await page.evaluate(async () => {
    const { watched, errors } = window as unknown as { watched: Watched; errors: string[] };
    const before = watched.mutations;
    // Each is looked at again after each event.
    for (let i = 0; i < 5; i++) {
      const settled = new Promise((resolve) => window.vitrine.on("profile", resolve));
      await window.vitrine.track("Step Done");
      await settled;
    }
    return {
      errors,
      isChanging: watched.mutations > before,
      exposures: window.vitrine.profile().counters["Content Shown"]?.total ?? 0,
    };
  });
  await context.close();
  return { ...found, lines: uncaught([noise]) };
}

/** A page that is full of slots of one placement. */
async function runMany(
  shop: RulesShop,
  path: string,
): Promise<{ longestMs: number; wrong: number; errors: string[]; lines: string[] }> {
  shop.rules = await shop.signer.sign({ rules: [saying(OURS)] });
  const { page, context, noise } = await shop.visit(
    async (opened) => {
      await opened.evaluateOnNewDocument(watchTasks);
      await opened.evaluateOnNewDocument(listenForErrors);
    },
    undefined,
    path,
  );
  const isFilled = () => !!document.querySelector("[data-vitrine-slot] > .vitrine-block");
  if (path === "many") await page.waitForFunction(isFilled);
  const found = await page.evaluate(async (most) => {
    await new Promise(requestAnimationFrame);
    const { watched, errors } = window as unknown as { watched: Watched; errors: string[] };
    const isFilled = (slot: Element) => !!slot.querySelector(".vitrine-block");
    // What was painted with its default keeps it on this page.
    const isSeen = (slot: Element) => slot.getBoundingClientRect().top < innerHeight;
    const slots = [...document.querySelectorAll("[data-vitrine-slot]")];
    return {
      errors,
      longestMs: Math.max(0, ...watched.longTasks),
      wrong: slots.filter((slot, at) => (at < most ? !isFilled(slot) && !isSeen(slot) : isFilled(slot)))
        .length,
    };
  }, FILLED_SLOTS);
  await context.close();
  return { ...found, lines: uncaught([noise]) };
}

/** Hands one hostile ruleset after the other to a page; the largest of each figure is kept. */
async function runShapes(shop: RulesShop): Promise<Required<Pick<Outcome, "violations" | "figures">>> {
  const { page, noise } = await shop.visit(
    async (opened) => {
      await opened.evaluateOnNewDocument(watchTasks);
      await installFeed(opened);
    },
    undefined,
    `?${LONG_QUERY}`,
  );
  const violations: string[] = [];
  const figures = { "ms of the longest task": 0, "ms of a decision": 0, "changes of the page": 0 };
  const keep = (name: keyof typeof figures, value: number) =>
    (figures[name] = Math.max(figures[name], value));
  let last = 0;
  for (const [at, hostile] of HOSTILE_RULES.entries()) {
    const [what] = hostile;
    const rules: Rule[] = [...rulesOf(hostile), saying(OURS), saying(OURS, { id: CALM, placement: CALM })];
    const version = at + 1;
    const signed = await shop.signer.sign({ version, rules });
    await bring(page, signed);
    if (signed.payload.length > MAX_RULESET_CHARS) {
      const { isTold, calm } = await refuseRules(page);
      if (!isTold) violations.push(`${what}: is not told`);
      if ((calm.version ?? 0) !== last)
        violations.push(`${what}: changes version ${last} to ${calm.version}`);
      keep("ms of the longest task", await drawn(page));
      continue;
    }
    last = version;
    const found = await tryRules(page);
    if (found.calm.version !== version || found.calm.rule !== CALM)
      violations.push(`${what}: another placement shows ${found.calm.rule} of version ${found.calm.version}`);
    if (found.mutations > MAX_CHANGES) violations.push(`${what}: ${found.mutations} changes of the page`);
    keep("ms of the longest task", await drawn(page));
    keep("ms of a decision", found.tookMs);
    keep("changes of the page", found.mutations);
  }
  violations.push(...uncaught([noise]));
  return { violations, figures };
}

async function run(trial: number, scope: Scope): Promise<Outcome> {
  const shop = await openRulesShop(scope);
  const slots = trial ? MANY_SLOTS : FEWER_SLOTS;
  const many = { body: SLOT.repeat(slots) };
  shop.pageAt = (path) =>
    ({
      "/many": many,
      "/control": { ...many, attributes: 'data-personal="false"' },
    })[path] ?? { body: SLOT + SLOT.replace(PLACEMENT, CALM) };
  const loop = await runLoop(shop);
  const full = await runMany(shop, "many");
  const control = await runMany(shop, "control");
  shop.rules = undefined;
  const { violations, figures } = await runShapes(shop);
  violations.push(...loop.lines, ...full.lines, ...control.lines);
  if (loop.errors.join() !== "loop") violations.push(`a loop of two rules is told as: ${loop.errors.join()}`);
  if (loop.exposures > MAX_SHOWINGS) violations.push(`a loop of two rules showed ${loop.exposures} contents`);
  if (loop.isChanging) violations.push("a loop of two rules goes on");
  if (full.wrong > 0)
    violations.push(`${full.wrong} of ${slots} slots are filled beyond the bound, or empty within`);
  if (full.errors.join() !== "too_many_slots")
    violations.push(`too many slots are told as: ${full.errors.join()}`);
  return {
    faults: HOSTILE_RULES.length + 2,
    violations,
    figures: {
      ...figures,
      [`ms of the longest task of ${slots} slots`]: full.longestMs,
      [`of ${slots} that nothing fills`]: control.longestMs,
    },
  };
}

/** Rules that mean harm, signed by the site's own key. */
export const hostileRules: FaultRow = {
  id: "C4",
  about: "rules of slow patterns, of endless depth and length, of no shape, and rules that undo each other",
  trials: { ci: 1, full: 10 },
  run,
};
