// The real outbox, sync, capture and life of several tabs on a simulated computer: clock, disk, locks, channel, network,
// collector, crashes and power cuts are decided by a seed. A failing seed prints the command that repeats it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { describe, it } from "node:test";
import fc from "fast-check";
import { createVitrine } from "../../../packages/browser/src/index.ts";
import { attempt } from "../../../packages/browser/src/attempt.ts";
import { search } from "./support/search.ts";
import { simulate } from "./support/simulate.ts";
import { plans } from "./support/steps.ts";

const { SEED, PATH_, SEEDS = "3000" } = process.env;

/** Each commit looks at plans of its own. */
const seedOfCommit = () =>
  attempt(() => parseInt(execFileSync("git", ["rev-parse", "HEAD"], { encoding: "utf8" }).slice(0, 8), 16)) ??
  1;

describe("the delivery on a simulated computer", () => {
  it("accounts for every event, once each", { timeout: 3_600_000 }, async (test) => {
    const seed = SEED === undefined ? seedOfCommit() | 0 : Number(SEED);
    const { runs, totals, failure } = await search(createVitrine, { seed, runs: Number(SEEDS), path: PATH_ });
    test.diagnostic(
      `${runs} seeds from ${seed}: ${totals.calls} calls, ${totals.stored} events stored, ${totals.turns} turns`,
    );
    if (!failure) return;
    const { path, violations, story } = failure;
    const command = `SEED=${seed} PATH_=${path} npx node --test test/faults/simulation/delivery.test.ts`;
    assert.fail(`${violations.join("\n")}\n\nTo see it again:\n  ${command}\n\n${story}`);
  });

  it("tells the same story for the same plan", async () => {
    for (const plan of fc.sample(plans, { numRuns: 20, seed: 1 })) {
      const [first, second]: string[][] = [[], []];
      await simulate(plan, createVitrine, first);
      await simulate(plan, createVitrine, second);
      assert.deepEqual(first, second);
    }
  });
});
