// `npm run bench`: measures everything that has a budget, beside a peer or a control, and prints one table.
import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { describeMachine, machineLine } from "./support/describeMachine.ts";
import { formatTable, type Section } from "./support/formatTable.ts";
import { ownFile } from "./support/packageFile.ts";
import type { Effort, Workload } from "./support/Workload.ts";
import { bundleBytes } from "./workloads/bundleBytes.ts";
import { collector } from "./workloads/collector.ts";
import { startCost } from "./workloads/startCost.ts";
import { trackCost } from "./workloads/trackCost.ts";
import { firstPaint } from "./workloads/firstPaint.ts";
import { foldAndDecide } from "./workloads/foldAndDecide.ts";
import { mirror } from "./workloads/mirror.ts";
import { poseSoak } from "./workloads/poseSoak.ts";
import { push } from "./workloads/push.ts";

/** All workloads, in the order of the table. */
const WORKLOADS: readonly Workload[] = [
  trackCost,
  startCost,
  firstPaint,
  bundleBytes,
  foldAndDecide,
  collector,
  push,
  mirror,
  poseSoak,
];

const RESULTS = ownFile("bench/results.json");

const HELP = `npm run bench -- [options]

Measures this build beside peers and controls, prints a table and writes bench/results.json.

  --only NAMES   these workloads only, by comma: ${WORKLOADS.map(({ name }) => name).join(", ")}
  --quick        fewer rounds and smaller sizes: to see that a change works, not to quote
  --frames N     of poseSoak, instead of its 20,000
  --minutes N    after which poseSoak ends with fewer, instead of 45
  --json FILE    where to write the figures (bench/results.json after a whole run, else nowhere)

Exit codes: 0 measured, 1 a workload failed, 2 wrong use. A budget that is not kept is said in the table.`;

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    quick: { type: "boolean", default: false },
    frames: { type: "string" },
    minutes: { type: "string" },
    json: { type: "string" },
    help: { type: "boolean", short: "h", default: false },
  },
});

if (values.help) console.log(HELP);
else process.exitCode = await bench();

/** @returns the exit code. */
async function bench(): Promise<number> {
  const names = values.only?.split(",");
  const unknown = names?.filter((name) => !WORKLOADS.some((workload) => workload.name === name)) ?? [];
  if (unknown.length > 0) {
    console.error(`There is no workload ${unknown.join(", ")}. See --help.`);
    return 2;
  }
  const size = { frames: countOf(values.frames), minutes: countOf(values.minutes) };
  if (Object.values(size).some((count) => count !== undefined && !(count > 0))) {
    console.error("--frames and --minutes want a number. See --help.");
    return 2;
  }
  const chosen = WORKLOADS.filter(({ name, isLong }) => names?.includes(name) ?? !isLong);
  const folder = await mkdtemp(join(tmpdir(), "vitrine-bench-"));
  try {
    const machine = describeMachine(folder);
    const sections: Section[] = [];
    for (const workload of chosen) sections.push(await measure(workload, { ...size, folder }));
    console.log(`${machineLine(machine)}\n\n${formatTable(sections)}`);
    const isWhole = !names && !values.quick;
    const figures = `${JSON.stringify({ machine, isQuick: values.quick, sections }, null, 2)}\n`;
    if (values.json) await writeFile(values.json, figures);
    else if (isWhole) {
      await writeFile(RESULTS, figures);
      // It is committed, so it looks as the repository's formatter wants it.
      execFileSync(ownFile("node_modules/.bin/oxfmt"), [RESULTS], { stdio: "ignore" });
    }
    return sections.some(({ error }) => error !== undefined) ? 1 : 0;
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function countOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

/** Runs one workload; one that fails does not take the others with it. */
async function measure(
  { name, about, run }: Workload,
  effort: Pick<Effort, "frames" | "minutes" | "folder">,
): Promise<Section> {
  const start = performance.now();
  const note = (text: string) => process.stderr.write(`${name}: ${text}\n`);
  note("begins");
  try {
    const figures = await run({ isQuick: values.quick, ...effort, note });
    note(`took ${Math.round((performance.now() - start) / 1000)} s`);
    return { name, about, figures };
  } catch (error) {
    return {
      name,
      about,
      figures: [],
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}
