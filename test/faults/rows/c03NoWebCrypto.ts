import type { FaultRow, Outcome, Scope } from "../support/FaultRow.ts";
import { isReady, openRulesShop, PLACEMENT, saying, type RulesShop } from "../support/rulesShop.ts";
import { uncaught, watchPage } from "../support/watchPage.ts";

/** Names a host of this machine that browsers do not trust, as they trust `localhost` and 127.0.0.1. */
const INSECURE = "shop.test";
const RESOLVER = `--host-resolver-rules=MAP ${INSECURE} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1`;

const subtleIs = (body: string) => `Object.defineProperty(Crypto.prototype, "subtle", { get() { ${body} } })`;
const method = (name: string, body: string) => `SubtleCrypto.prototype.${name} = () => { ${body} }`;

/** Pages that are open at once: most of a visit is waiting. */
const AT_ONCE = 5;

const WORDS = "Not to be seen";

/** How WebCrypto is not there, or does not do its work. */
interface Kind {
  what: string;
  /** Runs before the page's own; none where the address does it. */
  script: string;
  /** It can be known at once, and is said. */
  isTold?: boolean;
}

const KINDS: Kind[] = [
  { what: "an origin without https", script: "", isTold: true },
  { what: "no subtle", script: subtleIs("return undefined"), isTold: true },
  { what: "a subtle that is null", script: subtleIs("return null"), isTold: true },
  { what: "a subtle that throws", script: subtleIs("throw new Error('no')"), isTold: true },
  { what: "a subtle without methods", script: subtleIs("return {}") },
  { what: "an importKey that throws", script: method("importKey", "throw new Error('no')") },
  {
    what: "an importKey that rejects",
    script: method("importKey", "return Promise.reject(new Error('no'))"),
  },
  { what: "a verify that rejects", script: method("verify", "return Promise.reject(new Error('no'))") },
  { what: "a verify that says no", script: method("verify", "return Promise.resolve(false)") },
  { what: "a verify that never answers", script: method("verify", "return new Promise(() => {})") },
];

async function run(_trial: number, scope: Scope): Promise<Outcome> {
  const shop = await openRulesShop(scope, { args: [RESOLVER] });
  const rules = [saying(WORDS)];
  const unsigned = { payload: JSON.stringify({ site: "main", version: 1, notAfter: 4e12, rules }) };
  const offers: Record<string, object> = { signed: await shop.signer.sign({ rules }), unsigned };
  shop.answer = (path, { headers }, response) => {
    if (path !== "/v1/rules") return false;
    response.end(JSON.stringify(offers[new URL(headers.referer!).pathname.slice(1)]));
    return true;
  };
  const violations: string[] = [];
  const left = KINDS.values();
  const next = async () => {
    for (const kind of left)
      for (const how of Object.keys(offers)) violations.push(...(await visit(shop, kind, how)));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  const faults = KINDS.length * 2;
  const arrived = shop.events.filter(({ event }) => event === "Step Done").length;
  if (arrived !== faults) violations.push(`${arrived} of ${faults} events arrived`);
  return { faults, violations };
}

/** Opens a page that is offered rules, and says which promises it broke. */
async function visit(shop: RulesShop, { what, script, isTold }: Kind, how: string): Promise<string[]> {
  const context = await shop.browser.createBrowserContext();
  const page = await context.newPage();
  const noise = watchPage(page);
  await page.evaluateOnNewDocument(script);
  await page.goto((script ? shop.url : shop.url.replace("127.0.0.1", INSECURE)) + how);
  await isReady(page);
  const { status, version, text } = await page.evaluate(async (placement) => {
    // What stands here, and the plan of the next page, follow the profile.
    const settled = new Promise((resolve) => window.vitrine.on("profile", resolve));
    const stored = window.vitrine.track("Step Done");
    await window.vitrine.flush();
    await settled;
    const slot = document.querySelector("[data-vitrine-slot]")!;
    return {
      status: (await stored).status,
      version: window.vitrine.decide(placement).version,
      text: slot.textContent + String(localStorage["vitrine.plan"] ?? ""),
    };
  }, PLACEMENT);
  await context.close();
  const said = noise.lines.filter((line) => line.startsWith("vitrine"));
  const broken = uncaught([noise]);
  if (version !== undefined || text.includes(WORDS)) broken.push(`applied (${version}): ${text}`);
  if (!/stored|delivered/.test(status)) broken.push(`an event was ${status}`);
  if (said.length !== (isTold ? 1 : 0)) broken.push(`it said ${JSON.stringify(said)}`);
  return broken.map((one) => `${what}, ${how} rules: ${one}`);
}

/** Signatures that cannot be checked. */
export const noWebCrypto: FaultRow = {
  id: "C3",
  about: "no https, no WebCrypto, or one that fails: rules are not applied, signed or not",
  trials: { ci: 1, full: 5 },
  run,
};
