import { mkdirSync, writeFileSync } from "node:fs";

const emptyCount = () => ({ passed: 0, failed: 0, skipped: 0 });

const addTo = (sum, count) => {
  for (const key of Object.keys(sum)) sum[key] += count[key];
};

/** Counts one test file in one engine, and names what it skipped. */
const countSession = ({ testResults, errors, passed }, skipped) => {
  const count = emptyCount();
  const walk = (suite, path) => {
    for (const test of suite.tests) {
      count[test.skipped ? "skipped" : test.passed ? "passed" : "failed"]++;
      if (test.skipped) skipped.push([...path, test.name].join(" > "));
    }
    for (const inner of suite.suites) walk(inner, [...path, inner.name]);
  };
  if (testResults) walk(testResults, []);
  // A file that cannot load, or that fails outside of its tests, is a failure.
  if (!testResults || (errors?.length && !passed && !count.failed)) count.failed++;
  return count;
};

/** Says what each engine passed, failed and skipped, and writes the sum to coverage/wtr.json. */
export function countingReporter() {
  return {
    async stop({ sessions }) {
      const total = emptyCount();
      for (const [name, own] of Map.groupBy(sessions, ({ browser }) => browser.name)) {
        const sum = emptyCount();
        const skipped = [];
        for (const session of own) addTo(sum, countSession(session, skipped));
        for (const test of skipped) console.log(`${name} skips: ${test}`);
        console.log(`${name}: ${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
        addTo(total, sum);
      }
      mkdirSync("coverage", { recursive: true });
      writeFileSync("coverage/wtr.json", JSON.stringify(total));
    },
  };
}
