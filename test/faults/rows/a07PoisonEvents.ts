import type { Page } from "puppeteer-core";
import { createDevice, createEvents } from "../support/device.ts";
import type { Fault } from "../support/faultProxy.ts";
import type { FaultRow, Outcome, Scope } from "../support/FaultRow.ts";
import { openShop, type Shop } from "../support/shop.ts";
import { readStores } from "../support/readStores.ts";
import { vanished } from "../support/vanished.ts";
import { uncaught, watchPage, type PageNoise } from "../support/watchPage.ts";

/** Events around each poison event. */
const EVENTS = 199;

/** What a collector refuses whole, whatever else is in the batch. */
const REFUSED = [400, 413, 422];

/** What becomes of each kind: `delivered`, or the reason why it is dropped. Refused by the network, by the page, taken. */
const FATES: Record<string, string> = {
  "status 400": "refused",
  "status 413": "refused",
  "status 422": "refused",
  "a megabyte": "too_large",
  "a cycle": "malformed",
  "a BigInt": "malformed",
  "a getter that throws": "malformed",
  "too deep": "too_deep",
  "lone surrogates": "delivered",
  "NaN and infinity": "delivered",
  "a symbol": "delivered",
};
const KINDS = Object.keys(FATES);

/** Kinds that the collector itself refuses: it keeps the account of those, the device reports none. */
const REJECTED = 1;

/** Hands a poison event in; runs in the page. Resolves with its fate, or what went wrong. */
async function poison(kind: string, id: string): Promise<string> {
  const properties: Record<PropertyKey, unknown> = { id, kind };
  if (kind === "a megabyte") properties.text = "x".repeat(1 << 20);
  if (kind === "a cycle") properties.self = properties;
  if (kind === "a BigInt") properties.big = 1n;
  if (kind === "a symbol") Object.assign(properties, { [Symbol("key")]: 1, value: Symbol("value") });
  if (kind === "lone surrogates") Object.assign(properties, { "\udc00": "\ud800", text: "a\ud83d" });
  if (kind === "NaN and infinity") Object.assign(properties, { a: NaN, b: -Infinity, c: -0 });
  if (kind === "too deep") {
    let deep: object = {};
    for (let level = 0; level < 30; level++) deep = { deep };
    properties.deep = deep;
  }
  if (kind === "a getter that throws")
    Object.defineProperty(properties, "bad", {
      enumerable: true,
      get: () => {
        throw new Error("the host page's own");
      },
    });
  try {
    // Not waited for: its promise settles when the network is back.
    const taken = window.vitrine.track("Poison", properties).then(
      ({ status, messageId, reason }) => {
        window.note!([{ level: status, id, messageId, reason }]);
        return reason ?? status;
      },
      (cause: unknown) => `rejected: ${String(cause)}`,
    );
    window.noteCalls!([id]);
    return await Promise.race([taken, Promise.resolve("waits")]);
  } catch (cause) {
    return `thrown: ${String(cause)}`;
  }
}

/** The network's word on a batch: whole, for the poison in it. */
function judge(body: string): Fault {
  const status = REFUSED.find((code) => body.includes(`"kind":"status ${code}"`));
  return status === undefined ? "pass" : { status };
}

/** Sends until nothing waits; a refused event is given up only after others were taken. */
async function sendAll(page: Page): Promise<void> {
  do await page.evaluate(() => window.vitrine.flush());
  while ((await readStores(page)).outbox.some((id) => id !== "Events Dropped"));
}

interface Group {
  name: string;
  /** How many events stand before the poison. */
  before: number;
  kind?: string;
}

/** Creates events without a network, poison among them, and lets them go. */
async function sendGroup(shop: Shop, page: Page, { name, before, kind }: Group) {
  const { network, ledger } = shop;
  network.decide = ({ path }) => (path.endsWith("/batch") ? "reset" : "pass");
  await createEvents(shop, page, { page: name, count: before, perTask: EVENTS });
  const id = `${name}poison.0`;
  let said = "";
  if (kind) {
    ledger.announced.set(`${name}poison`, 1);
    said = await page.evaluate(poison, kind, id);
  }
  await createEvents(shop, page, { page: name, from: before, count: EVENTS - before, perTask: EVENTS });
  network.decide = ({ body }) => judge(body);
  const first = network.batches.length;
  await sendAll(page);
  const mine = network.batches
    .slice(first)
    .filter(({ body, fault }) => fault !== "reset" && body.includes(`"${name}`));
  const sizes = mine
    .filter(({ fault }) => fault !== "pass")
    .map(({ body }) => (JSON.parse(body) as { batch: unknown[] }).batch.length);
  return { id, said, requests: mine.length, refused: sizes.length, largest: Math.max(1, ...sizes) };
}

/** What the page said became of an event. */
function fateOf({ ledger: { notes } }: Shop, id: string): string {
  const messageId = notes.find((note) => note.id === id)?.messageId;
  const dropped = notes.find(
    (note) => note.level === "dropped" && (note.id === id || (messageId && note.messageId === messageId)),
  );
  return dropped ? (dropped.reason ?? "") : "delivered";
}

async function run(trial: number, scope: Scope): Promise<Outcome> {
  const shop = await openShop(scope, { attributes: 'data-personal="false"' });
  const device = await createDevice(scope, shop);
  const noises: PageNoise[] = [];
  const page = await device.openTab(async (tab) => void noises.push(watchPage(tab)));
  const calm = await sendGroup(shop, page, { name: "calm", before: EVENTS });
  const violations: string[] = [];
  const fates: [kind: string, id: string][] = [];
  let [mostRefused, mostMore] = [0, 0];
  for (const [at, kind] of KINDS.entries()) {
    // The same for the same trial, anywhere in the batch over the trials.
    const before = (trial * 37 + at * 61) % EVENTS;
    const { id, said, requests, refused, largest } = await sendGroup(shop, page, {
      name: `k${at}`,
      before,
      kind,
    });
    fates.push([kind, id]);
    if (/^(rejected|thrown)/.test(said)) violations.push(`${kind}: track() ${said}`);
    mostRefused = Math.max(mostRefused, refused);
    mostMore = Math.max(mostMore, requests - calm.requests);
    if (refused > Math.ceil(Math.log2(largest)) + 2)
      violations.push(`${kind}: ${refused} requests refused for a batch of ${largest}`);
    if (!refused && requests > calm.requests) violations.push(`${kind}: ${requests} requests`);
  }
  // Left before its browser quits: what was lost in its last second is told on the way out.
  await page.goto("about:blank");
  await device.close();
  await device.drain();
  for (const [kind, id] of fates) {
    const fate = fateOf(shop, id);
    if (fate !== FATES[kind]) violations.push(`${kind}: ${fate} in place of ${FATES[kind]}`);
  }
  const settled = await shop.settle();
  violations.push(
    ...settled.violations,
    ...vanished(settled.account, shop.network, REJECTED),
    ...uncaught(noises),
  );
  const figures = { "refused requests": mostRefused, "requests more than without poison": mostMore };
  return { faults: KINDS.length, account: settled.account, violations, figures };
}

/** One event in two hundred that page, network or collector cannot take. */
export const poisonEvents: FaultRow = {
  id: "A7",
  about: "one event in two hundred is poison",
  trials: { ci: 2, full: 91 },
  run,
};
