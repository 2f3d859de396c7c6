import { buildSdk } from "../support/buildSdk.ts";
import { createDevice, createEvents } from "../support/device.ts";
import type { FaultRow, Outcome, Scope } from "../support/FaultRow.ts";
import { openShop } from "../support/shop.ts";
import { eventually, idsOf, untilStored } from "../support/untilStored.ts";
import { vanished } from "../support/vanished.ts";
import { uncaught, watchPage, type PageNoise } from "../support/watchPage.ts";

const EVENTS = 20;
const SCRIPT = "/v/vitrine.js";

/** The next SDK: the same code on the next version of the database, which has a store more. */
const NEXT_SCHEMA = [
  { file: "outbox/db.js", from: '.open("vitrine", 1)', to: '.open("vitrine", 2)' },
  {
    file: "outbox/db.js",
    from: "for (const name of STORES)",
    to: 'request.result.createObjectStore("later"); for (const name of STORES) if (!request.result.objectStoreNames.contains(name))',
  },
];

async function run(trial: number, scope: Scope): Promise<Outcome> {
  const shop = await openShop(scope, { attributes: 'data-personal="false"' });
  const device = await createDevice(scope, shop);
  const next = await buildSdk(NEXT_SCHEMA);
  const noises: PageNoise[] = [];
  const violations: string[] = [];
  const open = () => device.openTab(async (tab) => void noises.push(watchPage(tab)));
  const offline = () => (shop.network.decide = ({ path }) => (path.endsWith("/batch") ? "reset" : "pass"));
  const online = () => (shop.network.decide = () => "pass");
  const told = (name: string) => {
    const ids = shop.ledger.notes.flatMap(({ level, id }) => (level === "delivered" ? (id ?? []) : []));
    return idsOf(name, EVENTS).every((id) => ids.includes(id));
  };

  // An old tab with unsent events; half of the trials while it still writes.
  offline();
  const old = await open();
  await createEvents(shop, old, { page: "old", count: EVENTS });
  if (trial % 2 && (await untilStored(old, idsOf("old", EVENTS))) === undefined)
    violations.push("never stored");
  shop.network.files.set(SCRIPT, next);
  const newer = await open();
  await createEvents(shop, newer, { page: "new", count: EVENTS });
  const upgradeMs = await untilStored(newer, idsOf("new", EVENTS));
  if (upgradeMs === undefined) violations.push("the newer one never stored: the older one blocks it");
  const versions = await newer.evaluate(() => indexedDB.databases());
  if (versions[0]?.version !== 2) violations.push(`version ${String(versions[0]?.version)}`);
  // The old tab goes on in memory, beside the newer one.
  online();
  await createEvents(shop, old, { page: "after", count: EVENTS });
  if ((await eventually(() => told("after"))) === undefined) violations.push("the old tab sends nothing");
  await Promise.all([old, newer].map((page) => page.close()));

  // The shop goes back to the old script: it may not touch the newer database.
  shop.network.files.delete(SCRIPT);
  const back = await open();
  await createEvents(shop, back, { page: "back", count: EVENTS });
  if ((await eventually(() => told("back"))) === undefined)
    violations.push("after the downgrade nothing is sent");
  await device.close();

  shop.network.files.set(SCRIPT, next);
  await device.drain();
  const { account, violations: broken } = await shop.settle();
  violations.push(...broken, ...vanished(account, shop.network), ...uncaught(noises));
  return { faults: 2, account, violations, figures: { "ms until upgraded and stored": upgradeMs ?? 0 } };
}

/** A newer script upgrades the database while an older page is open; then the shop takes the older script back. */
export const schemaUpgrade: FaultRow = {
  id: "A16",
  about: "the database is upgraded beside an old tab, and met by an older script again",
  trials: { ci: 2, full: 50 },
  run,
};
