// `npm run bench:delivery`: the same faults for us and for four peers, on the same recording server, in the same run.
import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { describeMachine, machineLine } from "../support/describeMachine.ts";
import { ownFile } from "../support/packageFile.ts";
import { formatDelivery, type Column } from "./formatDelivery.ts";
import { measurePageCost } from "./pageCost.ts";
import { amplitude } from "./peers/amplitude.ts";
import { posthog } from "./peers/posthog.ts";
import { segment } from "./peers/segment.ts";
import { snowplow } from "./peers/snowplow.ts";
import { vitrine } from "./peers/vitrine.ts";
import { playCell, type Effort, type Subject } from "./playCell.ts";
import { allWell } from "./scenarios/allWell.ts";
import { answersDropped } from "./scenarios/answersDropped.ts";
import { killed } from "./scenarios/killed.ts";
import { manyQueued } from "./scenarios/manyQueued.ts";
import { offline } from "./scenarios/offline.ts";
import { refused } from "./scenarios/refused.ts";
import type { Scenario } from "./scenarios/Scenario.ts";
import { serverDown } from "./scenarios/serverDown.ts";
import { threeTabs } from "./scenarios/threeTabs.ts";
import { createAlone, runTogether } from "./turns.ts";
import { verdict } from "./verdict.ts";

/** Ours twice: on the recording server like all others, and with its own collector behind that, whose log is read. */
const SUBJECTS: readonly Subject[] = [
  { key: "vitrine", isOurs: true, peer: vitrine, hasStore: false },
  { key: "collector", isOurs: true, peer: { ...vitrine, name: "vitrine and its collector" }, hasStore: true },
  { key: "snowplow", isOurs: false, peer: snowplow, hasStore: false },
  { key: "amplitude", isOurs: false, peer: amplitude, hasStore: false },
  { key: "segment", isOurs: false, peer: segment, hasStore: false },
  { key: "posthog", isOurs: false, peer: posthog, hasStore: false },
];

/** The control first, then (i) to (vii). */
const SCENARIOS: readonly Scenario[] = [
  allWell,
  serverDown,
  offline,
  killed,
  refused,
  answersDropped,
  manyQueued,
  threeTabs,
];

/** Cells at a time: most of a cell is waiting. */
const PLACES = 8;

const PAGE_COST = "pageCost";
const RESULTS = ownFile("bench/delivery/results.json");
const NAMES = [...SCENARIOS.map(({ name }) => name), PAGE_COST];
const KEYS = SUBJECTS.map(({ key }) => key);

const HELP = `npm run bench:delivery -- [options]

Tracks numbered events with this build and with four peers under the same faults, prints what arrived, what did not and
what came again, and writes bench/delivery/results.json.

  --only NAMES   only these, by comma: ${NAMES.join(", ")};
                 and only these libraries: ${KEYS.join(", ")}
  --quick        a shorter outage, fewer events queued, fewer rounds: to see that a change works, not to quote
  --json FILE    where to write the figures (bench/delivery/results.json after a whole run, else nowhere)

The control, ${allWell.name}, is always played: a zero counts only where the bench understood the library.
Exit codes: 0 measured, 1 a control failed or ours lost or stored twice, 2 wrong use.`;

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    quick: { type: "boolean", default: false },
    json: { type: "string" },
    help: { type: "boolean", short: "h", default: false },
  },
});

if (values.help) console.log(HELP);
else process.exitCode = await bench(values.only?.split(",") ?? []);

/** @returns the exit code. */
async function bench(only: readonly string[]): Promise<number> {
  const unknown = only.filter((name) => !NAMES.includes(name) && !KEYS.includes(name));
  if (unknown.length > 0) {
    console.error(`There is no ${unknown.join(", ")}. See --help.`);
    return 2;
  }
  const chosen = <T>(all: readonly T[], nameOf: (one: T) => string): T[] => {
    const named = all.filter((one) => only.includes(nameOf(one)));
    return named.length > 0 ? named : [...all];
  };
  const names = chosen(NAMES, String);
  const scenarios = SCENARIOS.filter(({ name }) => name === allWell.name || names.includes(name));
  const subjects = chosen(SUBJECTS, ({ key }) => key);
  const folder = await mkdtemp(join(tmpdir(), "vitrine-delivery-"));
  try {
    const machine = describeMachine(folder);
    const columns = subjects.map(toColumn);
    const figures = { machine, isQuick: values.quick, scenarios: scenarios.map(toRow), columns };
    const isWhole = only.length === 0;
    await play(scenarios, subjects, columns, folder);
    await keep(figures, isWhole);
    if (names.includes(PAGE_COST)) await addPageCost(subjects, columns);
    await keep(figures, isWhole);
    console.log(`${machineLine(machine)}\n\n${formatDelivery(scenarios, columns)}`);
    const failures = verdict(
      subjects,
      columns,
      scenarios.map(({ name }) => name),
    );
    for (const failure of failures) console.error(failure);
    return failures.length > 0 ? 1 : 0;
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function toRow({ name, about, events }: Scenario): object {
  return { name, about, events: events(values.quick) };
}

function toColumn({ peer: { name, version, settings, why } }: Subject): Column {
  return { name, version, settings, why, cells: {} };
}

/** Plays every scenario with every library: those that milliseconds decide one by one, the others together. */
async function play(
  scenarios: readonly Scenario[],
  subjects: readonly Subject[],
  columns: readonly Column[],
  folder: string,
): Promise<void> {
  const effort = { folder, alone: createAlone(), isQuick: values.quick };
  const cells = (isTimed: boolean) =>
    scenarios
      .filter((scenario) => (scenario.isTimed ?? false) === isTimed)
      .flatMap((scenario) =>
        subjects.map((subject, at) => () => playInto(columns[at]!, subject, scenario, effort)),
      );
  await runTogether(1, cells(true));
  await runTogether(PLACES, cells(false));
}

/** A cell that fails stays empty, and the verdict says so. */
async function playInto(column: Column, subject: Subject, scenario: Scenario, effort: Effort): Promise<void> {
  const note = (text: string) => process.stderr.write(`${scenario.name}, ${subject.key}: ${text}\n`);
  try {
    const cell = await playCell(subject, scenario, effort);
    column.cells[scenario.name] = cell;
    note(`${cell.delivered} of ${cell.created} arrived, the last after ${cell.settledAfterS} s`);
  } catch (error) {
    note(`FAILED: ${error instanceof Error ? error.stack : String(error)}`);
  }
}

/** Ours once: what stands behind the recording server costs the page nothing. */
async function addPageCost(subjects: readonly Subject[], columns: readonly Column[]): Promise<void> {
  const measured = subjects.flatMap(({ peer, hasStore }, at) => (hasStore ? [] : { peer, at }));
  const peers = measured.map(({ peer }) => peer);
  const costs = await measurePageCost(peers, values.quick);
  for (const [index, { at }] of measured.entries()) columns[at]!.pageCost = costs[index]!;
}

async function keep(figures: unknown, isWhole: boolean): Promise<void> {
  const file = values.json ?? (isWhole && !values.quick ? RESULTS : undefined);
  if (!file) return;
  await writeFile(file, `${JSON.stringify(figures, null, 2)}\n`);
  // It is committed, so it looks as the repository's formatter wants it.
  if (file === RESULTS) execFileSync(ownFile("node_modules/.bin/oxfmt"), [file], { stdio: "ignore" });
}
