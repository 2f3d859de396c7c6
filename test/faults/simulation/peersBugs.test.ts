// Negative controls: the simulation finds what peers got wrong, each put into our own sources.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { importMutant } from "./support/mutant.ts";
import { PEERS_BUGS } from "./support/peersBugs.ts";
import { search } from "./support/search.ts";

/** Within so many seeds a bug must be found. */
const RUNS = 3000;

describe("the simulated computer finds bugs that peers had", () => {
  for (const { name, mutations } of PEERS_BUGS) {
    it(name, async (test) => {
      const { runs, failure } = await search(await importMutant(mutations), { seed: 1, runs: RUNS });
      assert.ok(failure, `not found within ${RUNS} seeds`);
      test.diagnostic(
        `found by seed ${runs} of ${RUNS}, SEED=1 PATH_=${failure.path}: ${failure.violations[0]}`,
      );
    });
  }
});
