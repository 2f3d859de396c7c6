import type { FaultRow, Outcome, Scope } from "../support/FaultRow.ts";
import { createLoopDisk, loopDiskUnavailable } from "../support/loopDisk.ts";
import { findInImage } from "../support/mirror/findInImage.ts";
import { findLeftovers, passHandOffs, whatSheCouldLeave, type Left } from "../support/mirror/leftovers.ts";
import { noMirror, setMirrorStage, shellOf } from "../support/mirror/mirrorStage.ts";
import { pair, record, stepIn, takeHome, type MirrorShopper } from "../support/mirror/shopper.ts";
import { BY_MACHINES, BY_PEOPLE, type Place, type Way } from "../support/mirror/waysToEnd.ts";

/** Trials take turns: first what people do, then what machines do, each in both shells. */
const ROUNDS = [BY_PEOPLE, BY_MACHINES];

/** A mirror that is supervised ends for a restart, and is started by its supervisor: this bench. */
const SUPERVISED = { NOTIFY_SOCKET: "/nonexistent", WATCHDOG_USEC: "30000000" };

async function setPlace(scope: Scope, shell: ReturnType<typeof shellOf>): Promise<Place> {
  const disk = await createLoopDisk(scope);
  const stage = await setMirrorStage(scope, { shell, folder: `${disk.path}/mirror`, env: SUPERVISED });
  return { stage, disk };
}

/** One mirror, and one shopper after the other: each finds what the one before her left. */
async function run(trial: number, scope: Scope): Promise<Outcome> {
  const shell = shellOf(Math.floor(trial / ROUNDS.length));
  const place = await setPlace(scope, shell);
  const ways = Object.entries(ROUNDS[trial % ROUNDS.length]!);
  const violations: string[] = [];
  const unsealed: Left["unsealed"] = [];
  let longest = 0;
  let before: MirrorShopper | undefined;
  for (const [how, way] of ways) {
    const startedAt = performance.now();
    const visit = visitOf(place, way, before).catch((error: unknown) => {
      throw new Error(`${how} (${shell}), and the mirror said: ${place.stage.running.logged()}`, {
        cause: error,
      });
    });
    const { shopper, left, found } = await visit;
    unsealed.push(...left.unsealed);
    violations.push(...found.map((line) => `${how} (${shell}): ${line}`));
    longest = Math.max(longest, performance.now() - startedAt);
    before = shopper;
  }
  await place.disk.sync();
  violations.push(
    ...(await findInImage(place.disk.image, unsealed)).map((name) => `${name} on the raw disk`),
  );
  const slices = unsealed.filter(({ name }) => name === "a recorded slice").length;
  return { faults: ways.length, violations, figures: { "session s": longest / 1000, slices } };
}

/** A shopper comes, and her session ends. @returns what is found of her then */
async function visitOf(place: Place, way: Way, before: MirrorShopper | undefined) {
  const shopper = await stepIn(place.stage, before && { after: before.page });
  const left = await spendTime(place, shopper, way);
  const next = await way.end(place, shopper);
  await passHandOffs(place.stage);
  const found = Object.values(await findLeftovers(place.stage, next, left)).flat();
  return { shopper, left, found };
}

/** All that one can do here: her phone lends its profile, she records, and her looks wait for her at the server. */
async function spendTime({ stage }: Place, shopper: MirrorShopper, { hasPhone }: Way): Promise<Left> {
  const shelf = await shopper.page.locator(".count").first().textContent();
  if (shelf !== "0") throw new Error(`She finds ${shelf} looks that are not hers.`);
  if (hasPhone) await pair(stage, shopper);
  await record(shopper);
  await takeHome(shopper);
  const left = await whatSheCouldLeave(stage, shopper);
  if (left.parts.length === 0) throw new Error("Nothing of hers is at the server.");
  return left;
}

/** A session that nobody ended: the same search must find it wherever it looks. */
async function runUnended(scope: Scope): Promise<Outcome> {
  // Electron's partitions lie in memory by themselves; a box's profile is on the disk.
  const place = await setPlace(scope, "chromium");
  const shopper = await stepIn(place.stage);
  const left = await spendTime(place, shopper, { hasPhone: true, end: async () => shopper.page });
  const found = Object.entries(await findLeftovers(place.stage, shopper.page, left));
  const blind = found.filter(([, lines]) => lines.length === 0).map(([where]) => where);
  if (blind.length > 0) console.error(`E16: the search finds nothing in ${blind.join(", ")}`);
  return { faults: 1, violations: blind.length > 0 ? [] : found.flatMap(([, lines]) => lines) };
}

/** However a session ends, nothing of it is left. */
export const endedSessions: FaultRow = {
  id: "E16",
  about: "sessions are ended in fourteen ways, by people, the shop and accidents",
  trials: { ci: 2, full: 16 },
  run,
  control: {
    about: "with a session that was not ended",
    trials: { ci: 1, full: 2 },
    run: (_, scope) => runUnended(scope),
  },
  unavailable: async () => (await noMirror()) ?? (await loopDiskUnavailable()),
};
