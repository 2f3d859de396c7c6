import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { runVitrine } from "../../server/support/runVitrine.ts";
import type { FaultRow, Outcome, Scope } from "../support/FaultRow.ts";
import { HOSTILE_PAGES, POLLUTIONS, type HostilePage } from "../support/hostilePages.ts";
import { readLogItems } from "../support/readLog.ts";
import { openRulesShop, saying, SLOT, type RulesShop } from "../support/rulesShop.ts";
import { eventually } from "../support/untilStored.ts";
import { uncaught, watchPage } from "../support/watchPage.ts";

/** Pages that are open at once: most of a visit is waiting. */
const AT_ONCE = 6;

/** What the patched script no longer does, for the control. */
const PROTECTION = ".toJSON&&";
const SCRIPT = "packages/browser/dist/bundle/vitrine.js";

/** Events of a page, by name. */
const EVENTS = 5;

/** How long a page waits for what does not come, and where nothing can. */
const PATIENCE_MS = 3000;
const HOPELESS_MS = 1000;

/** What a page does: calls from before and after the script came, lists in lists, and what a data layer says. */
const doings = (page: string) => `
  noted = { dropped: [], done: false };
  vitrine = { q: [
    ["on", ["drop", ({ reason }) => noted.dropped.push(reason)]],
    ["track", ["Product Viewed", { product_id: "early", list: ["${page}"], sizes: ["S", "M"] }]],
  ] };
  dataLayer = [{ event: "add_to_wishlist", ecommerce: { items: [{ item_id: "w", item_name: "${page}", price: 9.5 }] } }];
  {
    const goOn = () => {
      if (!vitrine.flush) return setTimeout(goOn, 20);
      vitrine.ready().then(() => {
        vitrine.identify("ada ${page}", { sizes: [36, [38]], since: new Date(0) });
        vitrine.track("Product Added", { product_id: "cart", list: "${page}", quantity: 2, price: 9.5 });
        vitrine.track("Order Completed", { order_id: "o ${page}", products: [{ product_id: "cart", quantity: 2 }, { product_id: "b" }] });
        vitrine.flush().then(() => { noted.done = true; });
      });
    };
    addEventListener("DOMContentLoaded", goOn);
  }`;

interface Stored {
  event?: string;
  type: string;
  userId?: string;
  properties: Record<string, unknown>;
  traits: object;
  context: Record<string, unknown>;
}

/** An event without what differs from page to page: times, ids, order. */
function essence({ event, type, userId, properties, traits, context }: Stored, page: string): string {
  const { writer: _, clock, ...rest } = context;
  const all = { type, event, userId, properties, traits, context: { ...rest, clock: typeof clock } };
  return JSON.stringify(all).replaceAll(page, "PAGE");
}

/** Puts a real collector behind the shop; gives what it stored of a page, by event. */
async function connect(scope: Scope, shop: RulesShop, script?: string): Promise<Trial["storedOf"]> {
  const limits = { requestsPerSecond: 1e6, eventsPerSecond: 1e9 };
  const server = await runVitrine(scope, { clock: Date.now, limits });
  shop.site = server.siteKey;
  const pass = async ({ method, url, headers }: IncomingMessage, response: ServerResponse, body: string) => {
    const { authorization = "" } = headers;
    const init = { method: method!, headers: { authorization }, ...(body && { body }) };
    const answer = await fetch(server.url + url!, init);
    response.writeHead(answer.status, { "Content-Type": "application/json" });
    response.end(await answer.text());
  };
  shop.answer = async (path, request, response) => {
    if (script && path === "/v/vitrine.js") {
      response.setHeader("Content-Type", "text/javascript").end(script);
      return true;
    }
    if (!/^\/v1\/(batch|profile)/.test(path)) return false;
    await pass(request, response, await text(request));
    return true;
  };
  return (page) =>
    new Map(
      (readLogItems(server.dataDir) as Stored[])
        .filter((item) => item.event !== "Content Shown" && JSON.stringify(item).includes(page))
        .map((item) => [item.event ?? item.type, essence(item, page)]),
    );
}

/** What became of a page. */
interface Visited {
  stored: Map<string, string>;
  errors: string[];
  dropped: string[];
}

/** Opens a page, lets it do what it does, and waits for the end of that. */
async function visit(trial: Trial, { script = "", isHopeless }: HostilePage, name: string): Promise<Visited> {
  const { shop, storedOf } = trial;
  const context = await shop.browser.createBrowserContext();
  const page = await context.newPage();
  const noise = watchPage(page);
  await page.evaluateOnNewDocument(`${doings(name)};${script}`);
  await page.goto(shop.url + name);
  // By texts alone: what the driver puts into pages for more than that stands on the same ground.
  await eventually(() => page.evaluate("noted.done"), isHopeless ? HOPELESS_MS : undefined);
  // The collector's answer to one flush may be the start of the next.
  if (!isHopeless) await eventually(() => storedOf(name).size >= trial.golden.size, PATIENCE_MS);
  const dropped = ((await page.evaluate("noted.dropped + ''")) as string).split(",");
  await context.close();
  return { stored: storedOf(name), errors: uncaught([noise]), dropped };
}

/** A trial's shop, and what a page that is nobody's enemy brings. */
interface Trial {
  shop: RulesShop;
  storedOf: (page: string) => Map<string, string>;
  golden: Map<string, string>;
}

/** The promises that a page broke. */
function judge({ golden }: Trial, kind: HostilePage, { stored, errors, dropped }: Visited): string[] {
  const broken = [...errors];
  for (const [event, said] of stored) {
    // Where the profile cannot be folded, the collector counts what is in the cart.
    const expected = [golden.get(event), golden.get(event)?.replace(`,"cart_quantity":2`, "")];
    if (event !== "Events Dropped" && !expected.includes(said))
      broken.push(`stored ${said} for ${golden.get(event)}`);
  }
  const missing = [...golden.keys()].filter((event) => !stored.has(event));
  if (missing[0] && !kind.isHopeless) broken.push(`${missing.join()} did not come (${dropped.join()})`);
  return broken.map((one) => `${kind.what}: ${one}`);
}

async function run(kinds: readonly HostilePage[], scope: Scope, script?: string): Promise<Outcome> {
  const shop = await openRulesShop(scope);
  shop.rules = await shop.signer.sign({ rules: [saying("Ours")] });
  const trial: Trial = { shop, storedOf: await connect(scope, shop, script), golden: new Map() };
  shop.pageAt = (path) => ({ body: `${SLOT}${kinds[Number(path.slice("/page".length))]?.body ?? ""}` });
  const calm = await visit(trial, { what: "calm" }, "calm");
  await eventually(() => trial.storedOf("calm").size >= EVENTS);
  trial.golden = trial.storedOf("calm");
  const violations = [...calm.errors];
  if (trial.golden.size !== EVENTS) violations.push(`a calm page stores ${[...trial.golden.keys()].join()}`);
  const left = kinds.entries();
  let works = 0;
  const visitNext = async () => {
    // One iterator for all: each takes what is next.
    for (const [at, kind] of left) {
      const visited = await visit(trial, kind, `page${at}`);
      works += visited.stored.size >= EVENTS ? 1 : 0;
      violations.push(...judge(trial, kind, visited));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, visitNext));
  return { faults: kinds.length, violations, figures: { "with every event": works } };
}

/** Names that one trial pollutes, one at a time. */
const NAMES_A_TRIAL = 24;

/** A page whose other scripts broke what ours stands on. */
export const hostilePages: FaultRow = {
  id: "C7",
  about:
    "the page's objects are polluted, frozen, replaced, or taught by prototype.js; its names are clobbered",
  trials: { ci: 1, full: 1 + Math.ceil(POLLUTIONS.length / NAMES_A_TRIAL) },
  run: (trial, scope) =>
    run(trial ? POLLUTIONS.slice((trial - 1) * NAMES_A_TRIAL, trial * NAMES_A_TRIAL) : HOSTILE_PAGES, scope),
  control: {
    about: "with a script that writes JSON as the page lets it",
    trials: { ci: 1, full: 1 },
    run: async (_trial, scope) => {
      const parts = (await readFile(SCRIPT, "utf8")).split(PROTECTION);
      if (parts.length !== 2) throw new Error(`the script has ${parts.length - 1} of: ${PROTECTION}`);
      return run(
        HOSTILE_PAGES.filter(({ what }) => /prototype\.js|toJSON/.test(what)),
        scope,
        parts.join("&&0&&"),
      );
    },
  },
};
