import fc from "fast-check";
import { installPage } from "./fakePage.ts";
import { simulate, type Outcome } from "./simulate.ts";
import { plans, type Plan } from "./steps.ts";
import type { CreateVitrine } from "./tab.ts";

/** Where to look. */
export interface Range {
  seed: number;
  runs: number;
  /** One failing run, as a search before named it. */
  path?: string | undefined;
}

/** What a search came to. */
export interface Found {
  /** How many plans were run until the first violation, that one included, or all. */
  runs: number;
  totals: Omit<Outcome, "violations">;
  /** The smallest plan that still fails. */
  failure?: { path: string; plan: Plan; violations: string[]; story: string };
}

/** Runs one plan; what it throws is a violation as well. */
async function run(plan: Plan, createVitrine: CreateVitrine, trace?: string[]): Promise<Outcome> {
  try {
    return await simulate(plan, createVitrine, trace);
  } catch (error) {
    return { violations: [`thrown: ${String(error)}`], calls: 0, stored: 0, turns: 0 };
  }
}

/** Runs plans until one violates an invariant, and makes that one as small as it gets. */
export async function search(createVitrine: CreateVitrine, { seed, runs, path }: Range): Promise<Found> {
  installPage();
  const totals = { calls: 0, stored: 0, turns: 0 };
  const property = fc.asyncProperty(plans, async (plan) => {
    const { violations, calls, stored, turns } = await run(plan, createVitrine);
    totals.calls += calls;
    totals.stored += stored;
    totals.turns += turns;
    return !violations[0];
  });
  const details = await fc.check(property, {
    seed,
    numRuns: path === undefined ? runs : 1,
    ...(path !== undefined && { path, endOnFailure: true }),
  });
  if (!details.failed) return { runs: details.numRuns, totals };
  const [plan] = details.counterexample!;
  const trace: string[] = [];
  const { violations } = await run(plan, createVitrine, trace);
  const story = [...trace, "", ...violations].join("\n");
  return {
    runs: details.numRuns,
    totals,
    failure: { path: details.counterexamplePath!, plan, violations, story },
  };
}
