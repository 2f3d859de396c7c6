import { until } from "../../mirror/support/running.ts";
import type { FaultRow, Outcome, Scope } from "../support/FaultRow.ts";
import { createLoopDisk, loopDiskUnavailable } from "../support/loopDisk.ts";
import { findInImage } from "../support/mirror/findInImage.ts";
import { noMirror, setMirrorStage, shellOf } from "../support/mirror/mirrorStage.ts";
import {
  beginRecording,
  chunksOf,
  pair,
  record,
  stepIn,
  type MirrorShopper,
} from "../support/mirror/shopper.ts";
import { sealNothing } from "../support/mirror/sealNothing.ts";
import { clipTracesOf, findInFolder, tracesOf } from "../support/mirror/traces.ts";

const BOOT_MS = 30_000;

async function run(trial: number, scope: Scope, isSealed: boolean): Promise<Outcome> {
  const disk = await createLoopDisk(scope);
  // Electron's partitions lie in memory by themselves; a box's profile is put on the disk, as where memory is scarce.
  const shell = isSealed ? shellOf(trial) : "chromium";
  const stage = await setMirrorStage(scope, { shell, folder: `${disk.path}/mirror` });
  const shopper = await stepIn(stage);
  if (!isSealed) await shopper.page.evaluate(sealNothing);
  await pair(stage, shopper);
  await record(shopper);
  // By turns in the middle of a recording, and while what was recorded is looked at.
  if (Math.floor(trial / 2) % 2 === 0) await recordOn(shopper);
  const traces = await tracesOf(shopper);
  const clips = await clipTracesOf(shopper);
  await disk.sync();
  await disk.cutPower();
  await stage.running.kill();
  const violations = await findInImage(disk.image, traces);
  const startedAt = performance.now();
  await disk.remount();
  const page = await (await stage.restart()).page();
  const bootMs = performance.now() - startedAt;
  if (bootMs > BOOT_MS) violations.push(`started after ${bootMs} ms`);
  await until("an empty store", async () => ((await chunksOf(page)).ids.length ? undefined : true));
  violations.push(...findInFolder(stage.folder, clips));
  await stage.running.kill();
  const slices = traces.filter(({ name }) => name === "a recorded slice").length;
  return { faults: 1, violations, figures: { "boot ms": bootMs, "slices looked for": slices } };
}

async function recordOn(shopper: MirrorShopper): Promise<void> {
  await shopper.page.getByRole("button", { name: "Mirror" }).first().click();
  await beginRecording(shopper);
}

/** The power goes while a shopper stands at the mirror. */
export const mirrorPowerCut: FaultRow = {
  id: "E7",
  about: "the power is cut while a shopper records, or has recorded",
  trials: { ci: 1, full: 12 },
  run: (trial, scope) => run(trial, scope, true),
  control: {
    about: "with clips stored as they come",
    trials: { ci: 1, full: 2 },
    run: (trial, scope) => run(trial, scope, false),
  },
  unavailable: async () => (await noMirror()) ?? (await loopDiskUnavailable()),
};
