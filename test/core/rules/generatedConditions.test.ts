import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { RuleTrace } from "../../../packages/core/src/rules/decision.ts";
import { generateCases } from "../../browser/conditions/generateCases.ts";

/** The cases that pages and workers are held to; here, that they say something. */
describe("the generated conditions", () => {
  const cases = generateCases(2000);
  const resultOf = ({ expected }: (typeof cases)[number]) => {
    const [{ result }, partial, side, moment] = JSON.parse(expected) as [
      { result: { kind: string; code?: string } },
      { kind: string },
      string,
      RuleTrace,
    ];
    const facts = moment.clauses.flatMap(({ path, seen }) =>
      seen === undefined ? "unknown zone" : path.replace(/^time\..*\./, "time of "),
    );
    return [result.code ?? result.kind, partial.kind, side, `at the moment: ${moment.result}`, ...facts];
  };

  it("are the same each time", () => {
    assert.deepEqual(generateCases(200), cases.slice(0, 200));
  });

  it("match, do not match, are unusable and stay open in good number", () => {
    const counts: Record<string, number> = {};
    for (const one of cases) {
      for (const name of resultOf(one)) counts[name] = (counts[name] ?? 0) + 1;
    }
    for (const name of [
      "match",
      "no_match",
      "bad_operand",
      "unknown_operator",
      "rest",
      "not_in_ramp",
      "control",
      "won",
      "at the moment: won",
      "at the moment: no_match",
      "time of hour",
      "time of weekday",
      "time of date",
      "unknown zone",
    ])
      assert.ok((counts[name] ?? 0) > 40, `${name}: ${JSON.stringify(counts)}`);
  });

  it("split visitors by ids of our own, and by any text", () => {
    const keys = cases.map(({ text }) => (JSON.parse(text) as { split: { targetingKey: string } }).split);
    assert.ok(keys.some(({ targetingKey }) => targetingKey.startsWith("d_")));
    assert.ok(keys.some(({ targetingKey }) => /[^\0-\x7f]/.test(targetingKey)));
  });

  it("use every operator", () => {
    const all = cases.map(({ text }) => text).join();
    const names =
      "eq ne lt lte gt gte veq vne vlt vlte vgt vgte in nin ini nini all alli regex regexi notRegex notRegexi";
    for (const name of `${names} exists type size elemMatch not and or nor inGroup notInGroup`.split(" "))
      assert.ok(all.includes(`"$${name}":`), name);
  });
});
