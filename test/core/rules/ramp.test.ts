import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { compilePlan } from "../../../packages/core/src/rules/compilePlan.ts";
import { decide } from "../../../packages/core/src/rules/decide.ts";
import type { Decision } from "../../../packages/core/src/rules/decision.ts";
import { lintRules } from "../../../packages/core/src/rules/lintRules.ts";
import type { Rule } from "../../../packages/core/src/rules/ruleset.ts";
import { inputOf } from "./given.ts";

const HOLDOUT = { key: "coats", weights: [0.1, 0.9], variants: ["control", "on"] };

const rule = (more: Partial<Rule> = {}): Rule => ({
  id: "coats",
  placement: "home",
  experiment: HOLDOUT,
  action: { type: "message", text: { en: "Coats" } },
  ...more,
});

const BASE = inputOf({ rules: [] });

/** What one visitor gets of some rules. */
function decideFor(targetingKey: string, ...rules: Rule[]): Decision {
  const { ruleset, context } = BASE;
  return decide("home", {
    ...BASE,
    ruleset: { ...ruleset!, rules },
    context: { ...context, targetingKey },
  });
}

const people = Array.from({ length: 20_000 }, (_, i) => `d_${i.toString(36)}-visitor`);

/** Five standard deviations of a share that is counted among so many: chance alone never comes there. */
const bound = (share: number, count: number): number => 5 * Math.sqrt((share * (1 - share)) / count);

const ramp = fc.integer({ min: 1, max: 10_000 }).map((places) => places / 10_000);
const weights = fc
  .integer({ min: 0, max: 100 })
  .chain((first) => fc.integer({ min: 0, max: 100 - first }).map((second) => [first, second]))
  .map(([first = 0, second = 0]) => [first / 100, second / 100, (100 - first - second) / 100]);
const name = fc.stringMatching(/^[A-Za-z0-9][\w.-]{0,20}$/);

describe("a ramp that is raised", () => {
  it("takes nobody out and changes nobody's variant", () => {
    let came = 0;
    fc.assert(
      fc.property(name, fc.string(), ramp, ramp, weights, (id, key, one, other, shares) => {
        const experiment = { key: "k", weights: shares, variants: ["control", "a", "b"] };
        const at = (share: number) => decideFor(key, rule({ id, experiment, ramp: share }));
        const [before, after] = [at(Math.min(one, other)), at(Math.max(one, other))];
        const all = decideFor(key, rule({ id, experiment }));
        for (const part of [before, after])
          if (part.rule !== undefined) assert.equal(part.variant, all.variant);
        if (before.rule !== undefined) assert.equal(after.rule, id);
        if (before.rule === undefined && after.rule !== undefined) came++;
      }),
      { numRuns: 2_000 },
    );
    assert.ok(came > 200, `only ${came} came in`);
  });

  it("to everyone is as if there were none", () => {
    for (const key of people.slice(0, 200)) {
      const whole = decideFor(key, rule({ ramp: 1 }));
      assert.deepEqual(whole, decideFor(key, rule()));
    }
  });
});

describe("a ramp", () => {
  for (const share of [0.001, 0.05, 0.1, 0.5, 0.93])
    it(`lets ${share * 100} % of the visitors in`, () => {
      const inside = people.filter((key) => decideFor(key, rule({ ramp: share })).rule === "coats").length;
      const is = inside / people.length;
      assert.ok(Math.abs(is - share) < bound(share, people.length), `${is}`);
    });

  for (const share of [0.1, 0.5])
    it(`of ${share * 100} % leaves the holdout what it is, inside and outside`, () => {
      const groups = { inside: [0, 0], outside: [0, 0] };
      for (const key of people) {
        const group = decideFor(key, rule({ ramp: share })).rule ? groups.inside : groups.outside;
        group[0]!++;
        if (decideFor(key, rule()).variant === "control") group[1]!++;
      }
      for (const [place, [count = 0, control = 0]] of Object.entries(groups))
        assert.ok(Math.abs(control / count - 0.1) < bound(0.1, count), `${place}: ${control} of ${count}`);
    });

  it("of one rule says nothing of another's", () => {
    const both = people.filter(
      (key) =>
        decideFor(key, rule({ ramp: 0.5 })).rule && decideFor(key, rule({ id: "shoes", ramp: 0.5 })).rule,
    ).length;
    assert.ok(Math.abs(both / people.length - 0.25) < bound(0.25, people.length), `${both}`);
  });

  it("keeps those outside out of every group, in the decision and in the next page's plan", () => {
    const rules = [
      rule({ priority: 1, ramp: 0.5, experiment: { ...HOLDOUT, weights: [1, 0] } }),
      rule({ id: "next", experiment: { ...HOLDOUT, weights: [0, 1] } }),
    ];
    const seen = new Set<string>();
    for (const targetingKey of people.slice(0, 100)) {
      const { rule: picked, variant, trace } = decideFor(targetingKey, ...rules);
      const planned = compilePlan(inputOf({ rules, context: { targetingKey } }))!.slots["home"]!;
      assert.equal(planned[0]!.rule, picked);
      seen.add([picked, variant, ...trace.map(({ result }) => result)].join(" "));
    }
    assert.deepEqual([...seen].sort(), ["coats control control lower_priority", "next on not_in_ramp won"]);
  });

  for (const share of [0, -0.5, Number.NaN, null, "all", {}, []])
    it(`that is none is for nobody: ${JSON.stringify(share) ?? ""}`, () => {
      const { trace } = decideFor("d_1", rule({ ramp: share as number }));
      assert.equal(trace[0]!.result, "not_in_ramp");
    });

  it("lets the rules behind it have their chance, which the linter knows", () => {
    const codes = (share?: number) =>
      lintRules([
        rule({ priority: 1, ...(share !== undefined && { ramp: share }) }),
        rule({ id: "next", when: { "session.isNew": true } }),
      ]).map((one) => `${one.rule}: ${one.code}`);
    assert.deepEqual(codes(), ["next: shadowed"]);
    assert.deepEqual(codes(1), ["next: shadowed"]);
    assert.deepEqual(codes(0.5), []);
  });
});
