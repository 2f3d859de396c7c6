import { relative } from "node:path";

/** So many of the slowest tests are named: a run that grows has to be cut where it costs. */
const NAMED = 8;

/**
 * Ends a node:test run with one line of JSON: what passed, failed and was skipped, what failed and why, and which tests
 * took longest (s).
 */
export default async function* count(source) {
  const counted = { passed: 0, failed: 0, skipped: 0 };
  const failures = [];
  const took = [];
  for await (const { type, data } of source) {
    if (data?.details?.type === "suite" || (type !== "test:pass" && type !== "test:fail")) continue;
    counted[data.skip ? "skipped" : type === "test:pass" ? "passed" : "failed"]++;
    if (type === "test:fail")
      failures.push(`${data.name} (${relative(".", data.file)}): ${why(data.details.error)}`);
    took.push({ test: data.name, seconds: Math.round(data.details.duration_ms / 1000) });
  }
  const slowest = took.sort((a, b) => b.seconds - a.seconds).slice(0, NAMED);
  yield JSON.stringify({ ...counted, failures, slowest });
}

/** The runner wraps what a test threw, and its own frames say nothing. */
const why = ({ cause, message }) => {
  const lines = String(cause?.stack ?? cause ?? message).split("\n");
  return lines.filter((line) => !/^ +at .*\bnode:/.test(line)).join("\n");
};
