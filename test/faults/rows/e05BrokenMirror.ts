import type { Page } from "playwright-core";
import { until } from "../../mirror/support/running.ts";
import type { FaultRow, Outcome, Scope } from "../support/FaultRow.ts";
import { noMirror, setMirrorStage, shellOf, type MirrorStage } from "../support/mirror/mirrorStage.ts";
import {
  clipTracesOf,
  findInFolder,
  findInPage,
  isText,
  tracesOf,
  type Trace,
} from "../support/mirror/traces.ts";
import { pair, record, stepIn } from "../support/mirror/shopper.ts";

/** A mirror is back within this, from the moment its shell knows; or as fast as this machine starts one at all. */
const BACK_MS = 5_000;
/** How long a page may be silent here: longer than on a floor, since machines under test are busy. */
const SILENCE_MS = 8_000;
const RESTARTS = /starting it anew/g;

/** One trial's findings. */
interface Findings {
  violations: string[];
  figures: Record<string, number>;
}

/** What breaks the page: killed, or stopped where it stands. */
const PAGE_FAULTS = { killed: "SIGKILL", hung: "SIGSTOP" } as const;

async function run(trial: number, scope: Scope): Promise<Outcome> {
  const shell = shellOf(trial);
  const startedAt = performance.now();
  const stage = await setMirrorStage(scope, { shell, silenceMs: SILENCE_MS });
  let page = await stage.running.page();
  const startMs = performance.now() - startedAt;
  const found: Findings = { violations: [], figures: {} };
  const note = (fault: string, backMs: number) => {
    found.figures[`${fault} back ms`] = backMs;
    if (backMs > Math.max(BACK_MS, 2 * startMs)) found.violations.push(`${fault}: back after ${backMs} ms`);
  };

  const traces = await openSession(stage);
  await loseGraphics(stage, page, found);
  for (const fault of ["killed", "hung"] as const) {
    if (fault !== "killed") traces.push(...(await openSession(stage)));
    const { backMs, next } = await breakPage(stage, page, PAGE_FAULTS[fault]);
    page = next;
    note(fault, backMs);
    found.violations.push(...(await leftovers(stage, page, traces)).map((line) => `${fault}: ${line}`));
  }
  await untilSafePage(stage, page, found);
  await stage.running.kill();
  const diedAt = performance.now();
  page = await (await stage.restart()).page();
  note("main killed", performance.now() - diedAt);
  found.violations.push(...(await leftovers(stage, page, traces)).map((line) => `main killed: ${line}`));
  return { faults: 6, ...found };
}

/** A shopper who paired and recorded, and all that she could leave. */
async function openSession(stage: MirrorStage): Promise<Trace[]> {
  const shopper = await stepIn(stage);
  await pair(stage, shopper);
  await record(shopper);
  return [...(await tracesOf(shopper)), ...(await clipTracesOf(shopper))];
}

/** The page goes on without a process of the graphics; another one takes its place. */
async function loseGraphics({ running }: MirrorStage, page: Page, { violations }: Findings): Promise<void> {
  const [lost] = await running.processes("gpu");
  if (lost === undefined) return void violations.push("there is no process of the graphics");
  process.kill(lost, "SIGKILL");
  await until("another process of the graphics", async () =>
    (await running.processes("gpu")).find((pid) => pid !== lost),
  );
  if ((await running.page()) !== page) violations.push("graphics lost: the session as well");
}

/** @returns how long the shell took from knowing it to a page that is ready */
async function breakPage({ running }: MirrorStage, page: Page, signal: NodeJS.Signals) {
  const before = running.logged().match(RESTARTS)?.length ?? 0;
  for (const pid of await running.processes("renderer")) process.kill(pid, signal);
  await until("the shell to notice", () =>
    (running.logged().match(RESTARTS)?.length ?? 0) > before ? true : undefined,
  );
  const knownAt = performance.now();
  const next = await running.page(page);
  return { next, backMs: performance.now() - knownAt };
}

/** What a next page, and the disk, have of her. */
async function leftovers({ folder }: MirrorStage, page: Page, traces: Trace[]): Promise<string[]> {
  return [...findInFolder(folder, traces), ...(await findInPage(page, traces.filter(isText)))];
}

/** A page that goes on failing is given up for a while, within the fourth time in a minute. */
async function untilSafePage({ running }: MirrorStage, page: Page, { violations }: Findings): Promise<void> {
  let current = page;
  const isResting = () => /too often; showing the safe page/.test(running.logged());
  for (let kills = 0; !isResting() && kills < 4; kills++) {
    const before = running.logged().length;
    for (const pid of await running.processes("renderer")) process.kill(pid, "SIGKILL");
    await until("the shell to notice", () => (running.logged().length > before ? true : undefined));
    if (!isResting()) current = await running.page(current);
  }
  if (!isResting()) violations.push("a page that fails again and again is never given up");
}

/** Parts of the mirror end or hang while a shopper's session is open. */
export const brokenMirror: FaultRow = {
  id: "E5",
  about: "the mirror's page, graphics or main process is killed or hangs",
  trials: { ci: 1, full: 8 },
  run,
  unavailable: noMirror,
};
