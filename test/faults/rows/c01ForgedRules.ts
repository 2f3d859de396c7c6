import { createECDH, createHmac } from "node:crypto";
import type { Page } from "puppeteer-core";
import type { SignedRuleset } from "@vitrine/core";
import { createSigner, type Signer } from "../../browser/support/createSigner.ts";
import type { FaultRow, Outcome, Scope } from "../support/FaultRow.ts";
import { installFeed } from "../support/feedRules.ts";
import { readStores } from "../support/readStores.ts";
import { openRulesShop, PLACEMENT, saying, type RulesShop } from "../support/rulesShop.ts";
import { uncaught } from "../support/watchPage.ts";

const GOOD = "The last good one";
const FORGED = "Forged";

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

const inBase64Url = (bytes: Uint8Array | string) => Buffer.from(bytes as string).toString("base64url");

/** The order of the curve's points: as `r` or `s` it is as good as 0. */
const ORDER = Buffer.from("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", "hex");

/** A signature as other libraries write it. */
function inDer(signature: string): string {
  const raw = Buffer.from(signature, "base64url");
  const number = (bytes: Buffer) => Buffer.concat([Buffer.of(2, 33, 0), bytes]);
  const pair = Buffer.concat([number(raw.subarray(0, 32)), number(raw.subarray(32))]);
  return inBase64Url(Buffer.concat([Buffer.of(0x30, pair.length), pair]));
}

/** What somebody hands out who has the site's public key, its genuine rulesets, and a key of another site. */
async function forgeries(own: Signer, genuine: SignedRuleset): Promise<unknown[]> {
  const rules = [saying(FORGED)];
  const other = await createSigner();
  const theirs = await other.sign({ version: 2, rules });
  const { payload } = theirs;
  const { signature } = genuine;
  const point = Buffer.from(own.rulesKey, "base64url");
  const hmac = (key: Buffer | string) => createHmac("sha256", key).update(payload).digest();
  const header = inBase64Url(JSON.stringify({ alg: "none" }));
  const curve = createECDH("prime256v1");
  curve.generateKeys();
  const signed = (more: object) => ({ payload, kid: "k", ...more });
  const signatures = [
    "",
    signature,
    `${signature}=`,
    signature.slice(0, -1),
    inDer(theirs.signature),
    inBase64Url(Buffer.alloc(64)),
    inBase64Url(Buffer.concat([ORDER, ORDER])),
    inBase64Url(Buffer.concat([Buffer.alloc(31), Buffer.of(1), Buffer.alloc(31), Buffer.of(1)])),
    inBase64Url(hmac(point)),
    inBase64Url(hmac(own.rulesKey)),
    inBase64Url(Buffer.concat([hmac(point), hmac(point)])),
    "none",
    null,
    0,
    true,
    [],
    {},
  ];
  const kids = ["", "other", "../other", "https://evil.example/key", 0, null, { jwk: other.rulesKey }];
  const key = { rulesKey: other.rulesKey, key: other.rulesKey, jwk: { x: 1 }, publicKey: other.rulesKey };
  return [
    theirs,
    { payload },
    ...signatures.map((one) => signed({ signature: one })),
    ...kids.map((kid) => ({ ...theirs, kid })),
    ...["none", "HS256", "ES256", "RS256"].map((alg) => ({
      ...theirs,
      alg,
      algorithm: alg,
      header: { alg },
    })),
    { ...theirs, ...key },
    { ...theirs, signature: inBase64Url(curve.getPublicKey()) },
    { ...genuine, payload: genuine.payload.replace(/"rules":.*/s, `"rules":${JSON.stringify(rules)}}`) },
    { ...genuine, payload: `${genuine.payload}${payload}` },
    { ...genuine, payload: ` ${genuine.payload}` },
    { ...genuine, payload: JSON.parse(payload) },
    { ...genuine, rules, payload },
    JSON.parse(payload),
    `${header}.${inBase64Url(payload)}.`,
    [theirs, genuine],
    { genuine, ...theirs },
    [],
    {},
    null,
    "",
    0,
  ];
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

  const cuts = Array.from({ length: body.length >> 3 }, (_, at) => body.slice(0, at << 3));
  for (let at = 0; at < genuine.payload.length; at += 8)
    cuts.push(JSON.stringify({ ...genuine, payload: genuine.payload.slice(0, at) }));
  const forged = (await forgeries(shop.signer, genuine)).map((one) => JSON.stringify(one));
  const others = [...cuts, ...forged];
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
  const forged = await forgeries(shop.signer, await shop.signer.sign({ version: 2 }));
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
