import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { decide } from "../../../packages/core/src/rules/decide.ts";
import { inNamespace } from "../../../packages/core/src/rules/bucketing/index.ts";
import type { Exclusive, Rule } from "../../../packages/core/src/rules/ruleset.ts";
import { inputOf } from "./given.ts";

const EXPERIMENT = { key: "k", weights: [0.5, 0.5], variants: ["a", "b"] };

const rule = (id: string, exclusive: Exclusive, more: Partial<Rule> = {}): Rule => ({
  id,
  placement: id,
  exclusive,
  action: { type: "message", text: { en: id } },
  ...more,
});

const decideFor = (targetingKey: string, placement: string, rules: Rule[]) =>
  decide(placement, inputOf({ rules, context: { targetingKey } }));

const people = Array.from({ length: 10_000 }, (_, i) => `d_${i.toString(36)}-visitor`);

describe("rules of an exclusion group", () => {
  const half = (from: number) => ({ group: "checkout", from, to: from + 0.5 });

  it("never meet in a visitor, and share all of them", () => {
    const rules = [rule("one", half(0)), rule("two", half(0.5))];
    let first = 0;
    for (const key of people) {
      const met = ["one", "two"].filter((placement) => decideFor(key, placement, rules).rule);
      assert.equal(met.length, 1, key);
      if (met[0] === "one") first++;
    }
    // Five standard deviations of a half among so many.
    assert.ok(Math.abs(first / people.length - 0.5) < 5 * Math.sqrt(0.25 / people.length), `${first}`);
  });

  it("have places of GrowthBook's namespaces, and say who is not in theirs", () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.integer({ min: 0, max: 999 }),
        fc.integer({ min: 1, max: 1000 }),
        (key, start, size) => {
          const [from, to] = [start / 1000, Math.min(1, (start + size) / 1000)];
          const { trace, reason } = decideFor(key, "one", [rule("one", { group: "g", from, to })]);
          const isIn = inNamespace(key, ["g", from, to]);
          assert.equal(trace[0]!.result, isIn ? "won" : "excluded");
          assert.equal(reason, isIn ? "split" : "default");
        },
      ),
    );
  });

  it("leave their visitors' variants alone when parts are given anew", () => {
    for (const key of people.slice(0, 1000)) {
      const all = decideFor(key, "one", [
        rule("one", { group: "g", from: 0, to: 1 }, { experiment: EXPERIMENT }),
      ]);
      const part = decideFor(key, "one", [
        rule("one", { group: "g", from: 0.2, to: 0.7 }, { experiment: EXPERIMENT }),
      ]);
      if (part.rule) assert.equal(part.variant, all.variant);
    }
  });

  it("that no version would publish are for nobody", () => {
    for (const odd of [{}, { group: "g" }, { group: "g", from: 0.5, to: 0.5 }, "g", 5, []])
      assert.equal(decideFor("d_1", "one", [rule("one", odd as never)]).rule, undefined, JSON.stringify(odd));
  });
});
