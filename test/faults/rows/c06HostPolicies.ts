import { text } from "node:stream/consumers";
import { findEngine, wantedEngines, type EngineName } from "../../../scripts/engines.ts";
import { openEnginePage, type EnginePage } from "../../support/enginePage.ts";
import type { FaultRow, Outcome, Scope } from "../support/FaultRow.ts";
import { openRulesShop, READER, saying, SLOT, type RulesShop } from "../support/rulesShop.ts";
import { eventually } from "../support/untilStored.ts";

const OURS = "Ours";
const NONCE = "script-src 'nonce-n1'";

/** What shops write, and what auditors tell them to. Under each all works. */
const POLICIES: Record<string, string> = {
  "strict-dynamic": `${NONCE} 'strict-dynamic'; object-src 'none'; base-uri 'none'`,
  "nonces alone": NONCE,
  "the server's origin, and the reader's hash": `script-src 'self' '${READER.hash}'`,
  "nothing but what is needed": `default-src 'none'; ${NONCE}; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  "Trusted Types with our policy": `${NONCE}; require-trusted-types-for 'script'; trusted-types vitrine`,
  "Trusted Types with any policy": `${NONCE} 'strict-dynamic'; require-trusted-types-for 'script'`,
  "no inline styles": `${NONCE}; style-src 'self'; style-src-attr 'none'`,
  "a sandbox that may run scripts": `sandbox allow-scripts; ${NONCE}`,
};

/** A page that does what its policy forbids: without its report nothing is proven. */
const FORBIDDEN = "/forbidden";

const pathOf = (at: number) => `/policy${at}`;

/** Reads a path as {@link pathOf} wrote it. */
const policyAt = (path: string) => Object.values(POLICIES)[Number(path.slice(pathOf(0).length - 1))];

async function openShop(scope: Scope, reports: string[]): Promise<RulesShop> {
  const shop = await openRulesShop(scope);
  shop.rules = await shop.signer.sign({ rules: [saying(OURS)] });
  shop.answer = async (path, request, response) => {
    if (path !== "/reports") return false;
    reports.push(await text(request));
    response.writeHead(204).end();
    return true;
  };
  shop.pageAt = (path) => {
    const policy = path === FORBIDDEN ? NONCE : policyAt(path);
    if (!policy) return {};
    const nonce = policy.includes("nonce-") ? ` nonce="n1"` : "";
    return {
      headers: { "Content-Security-Policy": `${policy}; report-uri ${shop.url}reports` },
      head: `<script${nonce}>${READER.code}</script>`,
      body: SLOT + (path === FORBIDDEN ? "<script>window.isRun = true</script>" : ""),
    };
  };
  return shop;
}

/** Opens a page twice, the second time with a plan for its first paint; says what does not work. */
async function visit(page: EnginePage, shop: RulesShop, path: string): Promise<string[]> {
  const broken: string[] = [];
  for (const time of ["first", "second"]) {
    const event = `${path} ${time}`;
    await page.goto(shop.url + path.slice(1));
    await page.until("the SDK is here", () => typeof window.vitrine?.ready === "function");
    await page.evaluate(async (name) => {
      await window.vitrine.ready();
      void window.vitrine.track(name);
      await window.vitrine.flush();
    }, event);
    await page
      .until("it is shown", (words) => document.body.textContent.includes(words), OURS)
      .catch(() => broken.push(`nothing is shown the ${time} time`));
    const isSent = () => shop.events.some((one) => one.event === event);
    if ((await eventually(isSent)) === undefined) broken.push(`nothing is sent the ${time} time`);
  }
  return broken;
}

const engines = (): EngineName[] => wantedEngines().filter((name) => findEngine(name));

async function run(trial: number, scope: Scope): Promise<Outcome> {
  const all = engines();
  const engine = all[trial % all.length]!;
  const reports: string[] = [];
  const shop = await openShop(scope, reports);
  const page = await openEnginePage(engine);
  scope.after(() => page.close());
  const violations: string[] = [];
  for (const [at, what] of Object.keys(POLICIES).entries()) {
    const broken = await visit(page, shop, pathOf(at));
    violations.push(...broken.map((one) => `${engine}, ${what}: ${one}`));
  }
  // Reports come in their order: with this one all others are here.
  await page.goto(shop.url + FORBIDDEN.slice(1));
  const isOurs = (report: string) => !report.includes(FORBIDDEN);
  if ((await eventually(() => !reports.every(isOurs))) === undefined)
    violations.push(`${engine}: what is forbidden is not reported`);
  for (const report of reports.filter(isOurs)) violations.push(`${engine}: ${report.slice(0, 400)}`);
  return {
    faults: Object.keys(POLICIES).length,
    violations,
    figures: { reports: reports.filter(isOurs).length, engines: all.length },
  };
}

/** A shop's Content-Security-Policy. The first trial is in Chromium, others in what else is here. */
export const hostPolicies: FaultRow = {
  id: "C6",
  about: "eight policies of shops, each with an endpoint for what violates it",
  trials: { ci: 1, full: 3 },
  run,
};
