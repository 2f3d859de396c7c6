/** Ends a node:test run with one line of JSON: what passed, failed and was skipped. */
export default async function* count(source) {
  const counted = { passed: 0, failed: 0, skipped: 0 };
  for await (const { type, data } of source) {
    if (data?.details?.type === "suite" || (type !== "test:pass" && type !== "test:fail")) continue;
    counted[data.skip ? "skipped" : type === "test:pass" ? "passed" : "failed"]++;
  }
  yield JSON.stringify(counted);
}
