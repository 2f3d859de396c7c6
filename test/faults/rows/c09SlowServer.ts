import type { BrowserContext, Page } from "puppeteer-core";
import type { FaultRow, Outcome, Scope } from "../support/FaultRow.ts";
import { isReady, openRulesShop, READER, saying, type RulesShop } from "../support/rulesShop.ts";
import { uncaught, watchPage } from "../support/watchPage.ts";

const OURS = "Ours";
const NEWER = "Newer";

/** Slots of the page: what is seen at once, what keeps its size, what is marked to change in place, what is far below. */
const BODY = `<div data-vitrine-slot="seen">Default</div><p>Between</p>
  <div data-vitrine-slot="sized" style="height:60px">Default</div>
  <div data-vitrine-slot="live" data-vitrine-live style="height:200px;overflow:hidden">Default</div><p>Below</p>
  <div style="height:3000px"></div><div data-vitrine-slot="far" style="height:60px">Default</div>`;
const PLACEMENTS = ["seen", "sized", "live", "far"];

/** May change after the first paint: nobody saw the one, and the other is marked. */
const FREE = /^(live|far)$/;

/** How a server is slow, from a page's first request on. */
interface Slowness {
  what: string;
  /** Requests that are not answered until the page was painted, or never. */
  holds: RegExp;
  isSilent?: boolean;
  /** Somebody who was here before: the page has rules, and a plan for its first paint. */
  isBack?: boolean;
}

const KINDS: readonly Slowness[] = [
  { what: "no script ever", holds: /^\/v\//, isSilent: true },
  { what: "no second script ever", holds: /^\/v\/vitrine-personal/, isSilent: true },
  { what: "no word of the server ever", holds: /^\/v1\//, isSilent: true },
  { what: "a late script", holds: /^\/v\// },
  { what: "a late second script", holds: /^\/v\/vitrine-personal/ },
  { what: "late rules", holds: /^\/v1\/rules/ },
  { what: "a late server", holds: /^\/v1?\// },
  { what: "no word ever, to somebody who is back", holds: /^\/v1\//, isSilent: true, isBack: true },
  { what: "no script ever, to somebody who is back", holds: /^\/v\//, isSilent: true, isBack: true },
  { what: "late news, to somebody who is back", holds: /^\/v1?\//, isBack: true },
];

interface Watched {
  /** Placements whose slot changed after the first paint. */
  changed: string[];
  /** Sum of the layout shifts. */
  shift: number;
  lcpMs: number;
  /** What stands in the slots, by placement. */
  texts: Record<string, string>;
}

/** Runs before the page's scripts. */
function watchPaint(): void {
  const watched = { changed: [] as string[], shift: 0, lcpMs: 0, isPainted: false };
  Object.assign(window, { watched });
  const hear = (type: string, note: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  hear("layout-shift", (entry) => (watched.shift += (entry as unknown as { value: number }).value));
  hear("largest-contentful-paint", ({ startTime }) => (watched.lcpMs = startTime));
  new MutationObserver((records) => {
    const [painted] = performance.getEntriesByName("first-contentful-paint");
    if (!painted) return;
    for (const { target, addedNodes, removedNodes } of records)
      for (const one of [target, ...addedNodes, ...removedNodes]) {
        const slot = one instanceof Element && one.closest<HTMLElement>("[data-vitrine-slot]");
        if (slot) watched.changed.push(slot.dataset["vitrineSlot"]!);
      }
  }).observe(document, { childList: true, subtree: true, characterData: true });
}

const painted = (page: Page) =>
  page.evaluate(async () => {
    while (!performance.getEntriesByName("first-contentful-paint")[0])
      await new Promise(requestAnimationFrame);
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  });

const watchedIn = (page: Page) =>
  page.evaluate((): Watched => {
    const { watched } = window as unknown as { watched: Watched };
    const slots = document.querySelectorAll<HTMLElement>("[data-vitrine-slot]");
    const texts = Object.fromEntries(
      Array.from(slots, (slot) => [slot.dataset["vitrineSlot"]!, slot.textContent]),
    );
    return { ...watched, texts };
  });

const rulesOf = (words: string) => PLACEMENTS.map((placement) => saying(words, { id: placement, placement }));

/** Lets somebody visit the shop, until the next page has a plan. */
async function comeOnce(shop: RulesShop, context: BrowserContext): Promise<void> {
  const { page } = await shop.visit(undefined, context, "before");
  await page.waitForFunction((words) => `${localStorage["vitrine.plan"]}`.includes(words), {}, OURS);
  await page.evaluate(() => window.vitrine.flush());
  await page.close();
}

/** Opens a page of a slow server; gives what it looked like, and the promises that it broke. */
async function visit(trial: Trial, kind: Slowness, path: string) {
  const { shop, release } = trial;
  const context = await shop.browser.createBrowserContext();
  if (kind.isBack) await comeOnce(shop, context);
  const page = await context.newPage();
  const noise = watchPage(page);
  await page.evaluateOnNewDocument(watchPaint);
  await page.goto(shop.url + path, { waitUntil: "domcontentloaded" });
  await painted(page);
  const first = await watchedIn(page);
  release(path);
  if (!kind.isSilent) {
    await isReady(page);
    const wanted = kind.isBack ? NEWER : OURS;
    // Where it may change in place the late rules are seen, so all others had their chance.
    await page.waitForFunction(
      (words) => document.querySelector("[data-vitrine-slot=live]")!.textContent.includes(words),
      {},
      wanted,
    );
  }
  await painted(page);
  const last = await watchedIn(page);
  await context.close();
  const broken = uncaught([noise]);
  const before = kind.isBack ? OURS : "Default";
  // What is far below waits for the stored rules, unseen.
  for (const placement of PLACEMENTS.filter((one) => one !== "far"))
    if (!first.texts[placement]?.includes(before))
      broken.push(`${placement} first shows ${first.texts[placement]}`);
  for (const placement of PLACEMENTS.filter((one) => !FREE.test(one)))
    if (last.texts[placement] !== first.texts[placement])
      broken.push(`${placement} shows ${last.texts[placement]} later`);
  const changed = last.changed.filter((placement) => !FREE.test(placement));
  if (changed[0]) broken.push(`${changed.join()} changed after the first paint`);
  if (last.shift) broken.push(`the page moved by ${last.shift}`);
  return { broken: broken.map((one) => `${kind.what}: ${one}`), lcpMs: last.lcpMs };
}

/** A trial's shop, and the way to let a page's late answers go. */
interface Trial {
  shop: RulesShop;
  release: (path: string) => void;
}

async function openSlowShop(scope: Scope): Promise<Trial> {
  const shop = await openRulesShop(scope);
  const rules = await shop.signer.sign({ version: 1, rules: rulesOf(OURS) });
  const newer = await shop.signer.sign({ version: 2, rules: rulesOf(NEWER) });
  shop.pageAt = () => ({ head: `<script>${READER.code}</script>`, body: BODY });
  const held = new Map<string, (() => void)[]>();
  const free = new Set<string>();
  shop.answer = async (path, { headers }, response) => {
    const page = headers.referer ? new URL(headers.referer).pathname : "";
    const kind = KINDS[Number(page.slice("/page".length))];
    if (kind?.holds.test(path) && !free.has(page))
      await new Promise<void>((resolve) => held.set(page, [...(held.get(page) ?? []), resolve]));
    if (path !== "/v1/rules") return false;
    response.end(JSON.stringify(kind?.isBack ? newer : rules));
    return true;
  };
  return {
    shop,
    release: (path) => {
      const kind = KINDS[Number(path.slice("page".length))];
      if (!kind || kind.isSilent) return;
      free.add(`/${path}`);
      held.get(`/${path}`)?.forEach((go) => go());
    },
  };
}

/** Pages that are open at once. */
const AT_ONCE = 3;

async function run(_trial: number, scope: Scope): Promise<Outcome> {
  const trial = await openSlowShop(scope);
  const violations: string[] = [];
  let latest = 0;
  const left = KINDS.entries();
  const next = async () => {
    for (const [at, kind] of left) {
      const { broken, lcpMs } = await visit(trial, kind, `page${at}`);
      violations.push(...broken);
      latest = Math.max(latest, lcpMs);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  return { faults: KINDS.length, violations, figures: { "ms until the largest paint": latest } };
}

/** A server that is slow or silent while a page starts. */
export const slowServer: FaultRow = {
  id: "C9",
  about: "scripts and rules that come after the first paint, or never",
  trials: { ci: 1, full: 20 },
  run,
};
