import type { Page } from "playwright-core";
import { until } from "../../mirror/support/running.ts";
import type { FaultRow, Outcome, Scope } from "../support/FaultRow.ts";
import { loopDiskUnavailable } from "../support/loopDisk.ts";
import { FAILING_DISKS, type FailingDisk } from "../support/mirror/failingDisks.ts";
import { copyHurriedPage } from "../support/mirror/hurriedPage.ts";
import { noMirror, setMirrorStage } from "../support/mirror/mirrorStage.ts";
import {
  beginRecording,
  chunksOf,
  noticeOf,
  pair,
  press,
  record,
  see,
  stepIn,
  type MirrorShopper,
} from "../support/mirror/shopper.ts";
import { findInFolder, tracesOf } from "../support/mirror/traces.ts";

/** From the fault to the word on the glass: a slice has to come, and to be refused. */
const TOLD_MS = 2_000;
/** What a busy machine may take on top. */
const MACHINE_MS = 2_000;

/** What the mirror says of a disk; of a recording that "did not work" she would try another, and another. */
const SAID = /cannot keep recordings now|your looks are lost/;

const KINDS = Object.keys(FAILING_DISKS);

/** Only a box has clips on a disk: Electron's partitions lie in memory. */
async function run(trial: number, scope: Scope): Promise<Outcome> {
  const kind = KINDS[trial % KINDS.length]!;
  const disk = await FAILING_DISKS[kind]!(scope);
  const long = await copyHurriedPage(scope, [{ find: "takeMs:2e3", replace: "takeMs:8e3" }]);
  const stage = await setMirrorStage(scope, { folder: `${disk.path}/mirror`, page: long });
  const shopper = await stepIn(stage);
  await pair(stage, shopper);
  await record(shopper);
  await press(shopper.page, "Mirror");
  await beginRecording(shopper);
  const { toldMs, violations } = await failUntilTold(disk, shopper);
  violations.push(...(await brokenLooks(shopper)));
  if ((await stage.running.page()) !== shopper.page || /starting it anew/.test(stage.running.logged()))
    violations.push("the page was lost as well");

  const isAnew = await disk.heal(stage);
  const after = isAnew ? await stepIn(stage, { after: shopper.page }) : shopper;
  await record(after);
  violations.push(...(await brokenLooks(after)));
  const traces = [...(await tracesOf(after))];
  await press(after.page, "I'm done");
  await stage.running.page(after.page);
  violations.push(...findInFolder(stage.folder, traces));
  return {
    faults: 1,
    violations: violations.map((line) => `${kind}: ${line}`),
    figures: { "told ms": toldMs },
  };
}

/** Its disk fails while she records. @returns how long it took to say so */
async function failUntilTold(disk: FailingDisk, shopper: MirrorShopper) {
  const { page } = shopper;
  const notice = noticeOf(page);
  const failedAt = performance.now();
  await until("a word on the glass", async () => {
    await disk.fail();
    return (await notice.isVisible()) || undefined;
  });
  const toldMs = performance.now() - failedAt;
  // Its looks may be known to be lost before the recording is.
  await page
    .locator(".taking")
    .waitFor({ state: "detached", timeout: MACHINE_MS })
    .catch(() => undefined);
  const violations: string[] = [];
  if (toldMs > TOLD_MS + MACHINE_MS) violations.push(`said after ${toldMs} ms`);
  if (await page.locator(".taking").isVisible()) violations.push("its light is on");
  const said = await notice.innerText();
  if (!SAID.test(said)) violations.push(`it says: ${said}`);
  return { toldMs, violations };
}

/** Looks on the shelf that do not open, and what is stored and on no shelf. Leaves her before the mirror. */
async function brokenLooks({ page }: MirrorShopper): Promise<string[]> {
  const lines: string[] = [];
  if (await page.getByRole("heading", { name: "Looks", exact: true }).isVisible())
    await press(page, "Mirror");
  const count = Number(await page.locator(".count").first().textContent());
  if (count > 0) await press(page, "Looks");
  for (let look = 1; look <= count; look++) {
    await press(page, `Play: Look ${look}`);
    if (!(await plays(page))) lines.push(`look ${look} of ${count} does not open`);
    await press(page, "Back");
  }
  if (count > 0) await press(page, "Mirror");
  await see(page, "Record a turn");
  // A database that cannot be opened holds nothing either.
  const { ids } = await chunksOf(page).catch(() => ({ ids: [] }));
  if (ids.length !== count) lines.push(`${ids.length} clips are stored, ${count} looks are on the shelf`);
  return lines;
}

/** Whether its pictures come; it says so where they do not. */
async function plays(page: Page): Promise<boolean> {
  const film = page.locator("video.replay");
  await film.or(page.getByRole("status")).first().waitFor();
  return film.evaluate(
    (video: HTMLVideoElement) =>
      new Promise<boolean>((resolve) => {
        if (video.readyState >= video.HAVE_CURRENT_DATA) return resolve(true);
        video.addEventListener("loadeddata", () => resolve(true));
        video.addEventListener("error", () => resolve(false));
      }),
    undefined,
    { timeout: 30_000 },
  );
}

/** There is no room for what a mirror records, or no way to write it. */
export const noRoom: FaultRow = {
  id: "E6",
  about: "the disk is full, or turns read-only, while a shopper records",
  trials: { ci: 2, full: 10 },
  run,
  unavailable: async () => (await noMirror()) ?? (await loopDiskUnavailable()),
};
