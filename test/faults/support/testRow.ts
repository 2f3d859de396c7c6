import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { FaultRow } from "./FaultRow.ts";
import { describeSummary, runTrial, sumUp, type Summary } from "./runRow.ts";

async function runAll({ run, trials }: Pick<FaultRow, "run" | "trials">): Promise<Summary> {
  const results = [];
  for (let trial = 0; trial < trials.ci; trial++) results.push(await runTrial(run, trial));
  return sumUp(results);
}

/** Makes tests of a row at its small counts: the promise, and the control that must break it. */
export function testRow(row: FaultRow): void {
  describe(`${row.id}: ${row.about}`, async () => {
    const reason = await row.unavailable?.();
    if (reason) console.log(`${row.id} SKIPPED: ${reason}`);
    it(`keeps every promise (${row.trials.ci} trials)`, { skip: reason }, async (t) => {
      const summary = await runAll(row);
      t.diagnostic(describeSummary(row.id, summary));
      assert.deepEqual(summary.violations, []);
    });
    const { control } = row;
    if (!control) return;
    it(`breaks them ${control.about} (${control.trials.ci} trials)`, { skip: reason }, async (t) => {
      const summary = await runAll(control);
      t.diagnostic(describeSummary(`${row.id} control`, summary));
      assert.ok(summary.violations.length > 0, "the control must fail, or the bench sees nothing");
    });
  });
}
