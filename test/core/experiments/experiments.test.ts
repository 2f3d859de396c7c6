import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { checkSampleRatio, compareSamples, sampleOfRate, sampleOfSums } from "@vitrine/core";
import { simulateExperiment, simulateSplit } from "../../../scripts/eval/simulateExperiments.ts";

const shop = { days: 28, perDay: 500, rate: 0.05, effect: 0, metric: "conversion", seed: 1 } as const;

describe("an experiment that is looked at every day", () => {
  it("calls equals different in fewer runs than it says", (t) => {
    for (const metric of ["conversion", "revenue"] as const) {
      const { called, covered } = simulateExperiment({ ...shop, metric, runs: 1000 });
      t.diagnostic(`${metric}: ${called * 100} % of 1000 A/A runs called, ${covered * 100} % covered`);
      assert.ok(called <= 0.05, `${metric} ${called}`);
      assert.ok(covered >= 0.95, `${metric} ${covered}`);
    }
  });

  it("finds a lift of five per cent of a 5 % rate within 400,000 visitors a side", (t) => {
    const { found, covered } = simulateExperiment({ ...shop, perDay: 14_286, effect: 0.05, runs: 200 });
    t.diagnostic(`${found * 100} % of 200 runs found it, ${covered * 100} % covered`);
    assert.ok(found >= 0.8, String(found));
    assert.ok(covered >= 0.95, String(covered));
  });

  it("sees a split that is not what the rule says, and none where it is", () => {
    assert.ok(simulateSplit(500, 0.1, [0.1, 0.9], 1) <= 0.005);
    assert.ok(simulateSplit(100, 0.085, [0.1, 0.9], 1) >= 0.95);
  });
});

describe("a comparison of samples", () => {
  it("says that there is not enough before it may be trusted, also where nobody or everybody bought", () => {
    for (const [bought, of] of [
      [0, 10_000],
      [5, 100],
      [19, 10_000],
      [10_000, 10_000],
    ] as const)
      assert.equal(compareSamples(sampleOfRate(500, 10_000), sampleOfRate(bought, of)).verdict, "notEnough");
  });

  it("turns round with its sides", () => {
    const count = fc.integer({ min: 1, max: 5000 });
    fc.assert(
      fc.property(count, count, (a, b) => {
        const [control, variant] = [sampleOfRate(a, 5000), sampleOfRate(b, 5000)];
        const [there, back] = [compareSamples(control, variant), compareSamples(variant, control)];
        if (there.verdict === "notEnough" || back.verdict === "notEnough")
          return assert.equal(there.verdict, back.verdict);
        assert.ok(Math.abs((1 + there.lift) * (1 + back.lift) - 1) < 1e-9);
        assert.ok(Math.abs((1 + there.interval.low) * (1 + back.interval.high) - 1) < 1e-9);
        assert.ok(there.interval.low <= there.lift && there.lift <= there.interval.high);
      }),
    );
  });

  it("counts amounts exactly as their mean and variance are defined", () => {
    const amounts = [0, 0, 10, 25];
    const sample = sampleOfSums(4, 35, 725);
    assert.equal(sample.mean, 8.75);
    assert.ok(Math.abs(sample.variance - amounts.reduce((sum, x) => sum + (x - 8.75) ** 2, 0) / 3) < 1e-9);
    assert.throws(() => sampleOfRate(3, 2), RangeError);
    assert.throws(() => checkSampleRatio([1, 1], [1, 0]), RangeError);
    assert.deepEqual(checkSampleRatio([0, 0], [1, 1]), { p: 1, isBroken: false });
  });
});
