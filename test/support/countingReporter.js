import { mkdirSync, writeFileSync } from "node:fs";

/** Writes what passed, failed and was skipped to coverage/wtr.json; a file that cannot load counts as a failure. */
export function countingReporter() {
  return {
    async stop({ sessions }) {
      const count = { passed: 0, failed: 0, skipped: 0 };
      const walk = (suite) => {
        for (const test of suite.tests) count[test.skipped ? "skipped" : test.passed ? "passed" : "failed"]++;
        suite.suites.forEach(walk);
      };
      for (const session of sessions) {
        if (session.testResults) walk(session.testResults);
        else count.failed++;
        if (session.errors?.length && session.testResults && !session.passed && count.failed === 0)
          count.failed++;
      }
      mkdirSync("coverage", { recursive: true });
      writeFileSync("coverage/wtr.json", JSON.stringify(count));
    },
  };
}
