import { asPhone } from "../../server/support/kiosks.ts";
import { newDevice } from "../../server/support/runVitrine.ts";
import { until } from "../../mirror/support/running.ts";
import type { FaultRow, Outcome, Scope } from "../support/FaultRow.ts";
import { noMirror, setMirrorStage, shellOf, type MirrorStage } from "../support/mirror/mirrorStage.ts";
import { copyLeakyPage } from "../support/mirror/leakyPage.ts";
import { clipTracesOf, findInFolder, findInPage, isText, tracesOf } from "../support/mirror/traces.ts";
import {
  byPhone,
  chunksOf,
  pair,
  press,
  record,
  see,
  stepIn,
  type MirrorShopper,
} from "../support/mirror/shopper.ts";

/** From the last picture of her to the lock. */
const LOCK_MS = 3_000;
/** From the end of the lease, as the mirror knows it, to the last of her bytes. */
const WIPE_MS = 1_000;
/** What a busy machine may take on top for a frame, the model, and a look at the screen. */
const MACHINE_MS = 2_000;
/** More than the ten minutes for which a lock lasts. */
const LEASE_OVER_MS = 11 * 60_000;

/** How a locked session ends when she does not come back. */
const ENDS: Record<string, (stage: MirrorStage, shopper: MirrorShopper) => Promise<unknown>> = {
  "her phone ended it": (stage, shopper) => byPhone(stage, shopper, "end"),
  "its time was over": async ({ server }) => (server.clock.now += LEASE_OVER_MS),
  "somebody started over": (_, { page }) => press(page, "Start over"),
};

const HOWS = Object.keys(ENDS);

async function run(trial: number, scope: Scope, leaky?: string): Promise<Outcome> {
  const stage = await setMirrorStage(scope, {
    shell: leaky ? "chromium" : shellOf(trial),
    ...(leaky && { page: leaky }),
  });
  const shopper = await stepIn(stage);
  await pair(stage, shopper);
  await record(shopper);
  const traces = [...(await tracesOf(shopper)), ...(await clipTracesOf(shopper))];
  const how = HOWS[trial % HOWS.length]!;
  const violations: string[] = [];
  const lockMs = await leave(stage, shopper);
  if (lockMs > LOCK_MS + MACHINE_MS) violations.push(`locked after ${lockMs} ms`);
  if (!(await isRefused(stage, shopper))) violations.push("a stranger's phone opened the lock");
  await ENDS[how]!(stage, shopper);
  const wipeMs = await untilWiped(shopper);
  if (wipeMs > WIPE_MS) violations.push(`wiped after ${wipeMs} ms`);
  // A leaky mirror goes on with the page that it had.
  const next = await stepIn(stage, { as: "next", ...(!leaky && { after: shopper.page }) });
  violations.push(
    ...findInFolder(stage.folder, traces),
    ...(await findInPage(next.page, traces.filter(isText))),
  );
  if ((await next.page.locator(".count").first().textContent()) !== "0")
    violations.push("looks on the next one's shelf");
  const figures = { "lock ms": lockMs, "wipe ms": wipeMs };
  return { faults: 1, violations: violations.map((line) => `${how}: ${line}`), figures };
}

/** She leaves the picture. @returns ms until nothing of hers is on the glass */
async function leave({ camera }: MirrorStage, { page }: MirrorShopper): Promise<number> {
  const leftAt = performance.now();
  camera.show("nobody");
  await see(page, "Someone's looks are waiting");
  return performance.now() - leftAt;
}

/** Another phone asks to open it. */
async function isRefused({ server }: MirrorStage, { lease }: MirrorShopper): Promise<boolean> {
  const { status } = await asPhone(server, "leases/reopen", { lease, device: newDevice().secret });
  return status === 404;
}

/** @returns ms from the goodbye until no byte of a clip is stored */
async function untilWiped({ page }: MirrorShopper): Promise<number> {
  await see(page, "Goodbye.");
  const endedAt = performance.now();
  await until("an empty store", async () => ((await chunksOf(page)).ids.length ? undefined : true));
  return performance.now() - endedAt;
}

/** One shopper leaves, and another steps in. */
export const nextShopper: FaultRow = {
  id: "E12",
  about: "a shopper leaves without a word, and another steps in",
  trials: { ci: 1, full: 50 },
  run: (trial, scope) => run(trial, scope),
  control: {
    about: "with a page that keeps a note of her",
    trials: { ci: 1, full: 1 },
    run: async (trial, scope) => run(trial, scope, await copyLeakyPage(scope)),
  },
  unavailable: noMirror,
};
