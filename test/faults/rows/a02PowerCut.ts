import { setTimeout as pause } from "node:timers/promises";
import { createDevice, createEvents } from "../support/device.ts";
import type { FaultRow, Outcome, Scope } from "../support/FaultRow.ts";
import { createLoopDisk, loopDiskUnavailable } from "../support/loopDisk.ts";
import { patchBundle } from "../support/patchBundle.ts";
import { openShop } from "../support/shop.ts";

const EVENTS = 400;
const MIN_DELAY_MS = 300;
const DELAYS_MS = 900;

/** A flush in flight can report success when the power goes: words of the last moment count for nothing. */
const LAST_MOMENT_MS = 50;

async function run(trial: number, scope: Scope, isRelaxed: boolean): Promise<Outcome> {
  const disk = await createLoopDisk(scope);
  const shop = await openShop(scope);
  if (isRelaxed) await patchBundle(shop, `?"strict":"relaxed"`, `?"relaxed":"relaxed"`);
  const device = await createDevice(scope, shop, `${disk.path}/profile`);
  const page = await device.openTab();
  // The disk alone stands between the cut and the loss.
  shop.network.decide = ({ path }) => (path.endsWith("/batch") ? "reset" : "pass");
  createEvents(shop, page, { page: "p", count: EVENTS, perTask: 2, everyMs: 5, orderEvery: 10 }).catch(
    () => {}, // the page died with the browser
  );
  await pause(MIN_DELAY_MS + ((trial * 17) % 30) * (DELAYS_MS / 30));
  const heard = shop.ledger.notes.length;
  await pause(LAST_MOMENT_MS);
  await disk.cutPower();
  await device.kill();
  shop.ledger.notes.length = heard;
  await disk.remount();
  shop.network.decide = () => "pass";
  await device.drain();
  return { faults: 1, ...(await shop.settle()) };
}

/** The power goes while a page writes. */
export const powerCut: FaultRow = {
  id: "A2",
  about: "the power is cut under the browser's profile",
  trials: { ci: 5, full: 100 },
  run: (trial, scope) => run(trial, scope, false),
  control: {
    about: "with relaxed writes alone",
    trials: { ci: 1, full: 5 },
    run: (trial, scope) => run(trial, scope, true),
  },
  unavailable: loopDiskUnavailable,
};
