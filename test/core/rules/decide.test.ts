import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { decide } from "../../../packages/core/src/rules/decide.ts";
import type { Decision, RuleTrace } from "../../../packages/core/src/rules/decision.ts";
import { type Given, inputOf, NOW, summaryOf } from "./given.ts";

interface Case extends Given {
  name: string;
  /** `home` when absent. */
  placement?: string;
  expect: {
    reason: Decision["reason"];
    rule?: string;
    variant?: string;
    outcome?: unknown;
    because?: string;
    evidence: string[];
    trace: [rule: string, result: RuleTrace["result"], code?: string][];
  };
}

const file = JSON.parse(readFileSync(new URL("cases/decide.json", import.meta.url), "utf8")) as {
  version: number;
  cases: Case[];
};

describe("decide", () => {
  it("runs cases of the version it knows", () => assert.equal(file.version, 1));

  for (const { name, placement = "home", expect, ...given } of file.cases) {
    it(name, () => {
      const { reason, rule, variant, outcome, because, evidence, trace, ...rest } = decide(
        placement,
        inputOf(given),
      );
      const seen = { reason, rule, variant, outcome: summaryOf(outcome), because, evidence };
      const results = trace.map((one) => [one.rule, one.result, one.code].filter(Boolean));
      // As JSON, because absent and undefined are the same to whoever reads a decision.
      assert.deepEqual(JSON.parse(JSON.stringify({ ...seen, trace: results })), expect);
      assert.deepEqual(rest, { placement, version: given.rules ? 7 : undefined });
    });
  }

  it("shows each clause with the value it saw", () => {
    const when = { "profile.cart.count": { $gt: 0 }, $or: [{ "page.path": "/" }, { "page.gone": 1 }] };
    const { trace } = decide(
      "home",
      inputOf({ rules: [{ id: "a", placement: "home", when, action: { type: "value", value: 1 } }] }),
    );
    assert.deepEqual(trace[0]!.clauses, [
      { path: "profile.cart.count", operator: "$gt", operand: 0, seen: 0, matched: false },
      { path: "page.path", operator: "$eq", operand: "/", seen: "/", matched: true },
      { path: "page.gone", operator: "$eq", operand: 1, seen: undefined, matched: false },
    ]);
  });

  it("is the same again for the same input, and leaves the input alone", () => {
    for (const { placement = "home", ...given } of file.cases) {
      const input = inputOf(given);
      const before = JSON.stringify(input);
      assert.deepEqual(decide(placement, input), decide(placement, input));
      assert.equal(JSON.stringify(input), before);
    }
  });

  it("splits by the rule's id, so that experiments do not follow each other", () => {
    const experiment = { key: "k", weights: [0.5, 0.5], variants: ["control", "on"] };
    const rules = ["a", "b"].map((id) => ({
      id,
      placement: id,
      experiment,
      action: { type: "value" as const, value: 1 },
    }));
    const seen = new Set<string>();
    for (let i = 0; i < 100; i++) {
      const input = inputOf({ rules, context: { targetingKey: `d_${i}` } });
      seen.add(`${decide("a", input).variant} ${decide("b", input).variant}`);
    }
    assert.deepEqual([...seen].sort(), ["control control", "control on", "on control", "on on"]);
  });

  it("has a clock of its own only in its input", () => {
    const input = inputOf({ rules: [], expiresInHours: 1 });
    assert.equal(decide("home", input).reason, "default");
    assert.equal(decide("home", { ...input, now: NOW + 3_600_000 }).reason, "stale");
  });
});
