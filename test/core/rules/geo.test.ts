import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { JsonObject } from "../../../packages/core/src/json.ts";
import { compilePlan } from "../../../packages/core/src/rules/compilePlan.ts";
import { decide } from "../../../packages/core/src/rules/decide.ts";
import { lintRules } from "../../../packages/core/src/rules/lintRules.ts";
import type { Rule } from "../../../packages/core/src/rules/ruleset.ts";
import { inputOf } from "./given.ts";

const ruleFor = (when: JsonObject, more: Partial<Rule> = {}): Rule => ({
  id: "a",
  placement: "home",
  when,
  action: { type: "message", text: { en: "Hi" } },
  ...more,
});

describe("a rule for a country or region", () => {
  const geo = { country: "DE", region: "DE-BY" };

  it("is for those who are there, on this page and before the next one runs", () => {
    for (const [when, isShown] of [
      [{ "geo.country": "DE" }, true],
      [{ "geo.region": { $in: ["DE-BY", "DE-BW"] } }, true],
      [{ "geo.country": { $ne: "DE" } }, false],
      [{ "geo.country": "PL" }, false],
    ] as const) {
      const input = inputOf({ rules: [ruleFor(when as JsonObject)], context: { geo } });
      assert.equal(decide("home", input).rule, isShown ? "a" : undefined, JSON.stringify(when));
      assert.equal(compilePlan(input)!.slots["home"]?.length ?? 0, isShown ? 1 : 0);
    }
  });

  it("is for nobody of whom it is not known", () => {
    assert.equal(decide("home", inputOf({ rules: [ruleFor({ "geo.country": "DE" })] })).rule, undefined);
  });

  it("needs consent to personalization, and codes as ISO writes them", () => {
    const findings = (rule: Rule) => lintRules([rule]).map(({ code }) => code);
    assert.deepEqual(findings(ruleFor({ "geo.country": "DE" })), []);
    assert.deepEqual(findings(ruleFor({ "geo.country": "DE" }, { purposes: ["analytics"] })), [
      "missing_purpose",
    ]);
    assert.deepEqual(findings(ruleFor({ "geo.country": "Germany" })), ["unreachable"]);
    assert.deepEqual(findings(ruleFor({ "geo.region": "BY" })), ["unreachable"]);
  });
});
