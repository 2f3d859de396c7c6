// `npm run faults`: breaks the delivery in every way the bench knows, and says what was lost, doubled, unreported; the rules, and says what was accepted; and the mirror, and says what was left.
import { parseArgs } from "node:util";
import { ROWS } from "../test/faults/rows/index.ts";
import type { FaultRow } from "../test/faults/support/FaultRow.ts";
import { describeSummary, runTrial, sumUp, type Summary } from "../test/faults/support/runRow.ts";
import { openReport, type FaultReport } from "./faults/report.ts";
import { findBrowser } from "./findBrowser.ts";
import { showProgress } from "./replay/progress.ts";

const HELP = `npm run faults -- [options]

Breaks the delivery on purpose, in real browsers, and compares what was promised with what the collector stored; what pages
show by rules (C…), with hostile rules and in hostile pages; and the memory mirror (E…), and looks for what a shopper left there.
Can be stopped with Ctrl-C and run again: trials in the report are not done again.

  --full          the counts of a long run, not those of npm test
  --only IDS      these rows only, by comma: ${ROWS.map(({ id }) => id).join(", ")}
  --report FILE   where the trials are kept (./data/faults.json)

Exit codes: 0 every promise kept and every control broken, 1 not so, 2 wrong use.`;

const { values } = parseArgs({
  options: {
    full: { type: "boolean", default: false },
    only: { type: "string" },
    report: { type: "string", default: "data/faults.json" },
    help: { type: "boolean", short: "h", default: false },
  },
});

if (values.help) console.log(HELP);
else process.exitCode = await faults();

/** @returns the exit code. */
async function faults(): Promise<number> {
  const ids = values.only?.split(",");
  const unknown = ids?.filter((id) => !ROWS.some((row) => row.id === id)) ?? [];
  if (unknown.length > 0) {
    console.error(`There is no row ${unknown.join(", ")}. See --help.`);
    return 2;
  }
  process.env["CHROME_PATH"] = findBrowser();
  const report = openReport(values.report);
  let isKept = true;
  for (const row of ROWS.filter(({ id }) => ids?.includes(id) ?? true)) {
    const reason = await row.unavailable?.();
    if (reason) {
      console.log(`${row.id} SKIPPED: ${reason}`);
      continue;
    }
    const summary = await runAll(row.id, row, report);
    for (const violation of summary.violations) console.error(`${row.id} BROKEN: ${violation}`);
    isKept &&= summary.violations.length === 0;
    if (!row.control) continue;
    const control = await runAll(`${row.id} control`, row.control, report);
    if (control.violations.length > 0) continue;
    console.error(`${row.id} BROKEN: the control ${row.control.about} kept its promises`);
    isKept = false;
  }
  return isKept ? 0 : 1;
}

async function runAll(
  id: string,
  { trials, about, run }: Pick<FaultRow, "trials" | "about" | "run">,
  report: FaultReport,
): Promise<Summary> {
  const count = values.full ? trials.full : trials.ci;
  const progress = showProgress(id, count);
  for (let trial = 0; trial < count; trial++) {
    if (!report.has(id, trial)) report.add(id, trial, await runTrial(run, trial));
    progress.update(trial + 1, about);
  }
  progress.stop();
  const summary = sumUp(report.results(id, count));
  console.log(describeSummary(id, summary));
  return summary;
}
