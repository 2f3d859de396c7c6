import { mkdirSync, writeFileSync } from "node:fs";

const emptyCount = () => ({ passed: 0, failed: 0, skipped: 0 });

const addTo = (sum, count) => {
  for (const key of Object.keys(sum)) sum[key] += count[key];
};

/** Counts one test file in one engine, and names what it skipped and what failed. */
const countSession = ({ testFile, testResults, errors, passed }, skipped, failures) => {
  const count = emptyCount();
  const walk = (suite, path) => {
    for (const test of suite.tests) {
      const name = [...path, test.name].join(" > ");
      count[test.skipped ? "skipped" : test.passed ? "passed" : "failed"]++;
      if (test.skipped) skipped.push(name);
      else if (!test.passed) failures.push(`${name}: ${test.error?.message}`);
    }
    for (const inner of suite.suites) walk(inner, [...path, inner.name]);
  };
  if (testResults) walk(testResults, []);
  // A file that cannot load, or that fails outside of its tests, is a failure.
  if (!testResults || (errors?.length && !passed && !count.failed)) {
    count.failed++;
    failures.push(`${testFile}: ${errors?.map(({ message }) => message).join("; ") || "it did not run"}`);
  }
  return count;
};

/** Says what each engine passed, failed and skipped, and writes the sum to coverage/wtr.json. */
export function countingReporter() {
  return {
    async stop({ sessions }) {
      const total = emptyCount();
      const failures = [];
      for (const [name, own] of Map.groupBy(sessions, ({ browser }) => browser.name)) {
        const sum = emptyCount();
        const skipped = [];
        const failed = [];
        for (const session of own) addTo(sum, countSession(session, skipped, failed));
        failures.push(...failed.map((failure) => `${name}: ${failure}`));
        for (const test of skipped) console.log(`${name} skips: ${test}`);
        console.log(`${name}: ${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
        addTo(total, sum);
      }
      mkdirSync("coverage", { recursive: true });
      writeFileSync("coverage/wtr.json", JSON.stringify({ ...total, failures }));
    },
  };
}
