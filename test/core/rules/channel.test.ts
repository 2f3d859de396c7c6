import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { JsonObject } from "../../../packages/core/src/json.ts";
import { compilePlan } from "../../../packages/core/src/rules/compilePlan.ts";
import { decide } from "../../../packages/core/src/rules/decide.ts";
import { lintRules } from "../../../packages/core/src/rules/lintRules.ts";
import { inputOf } from "./given.ts";

const ruleFor = (when: JsonObject) => ({
  id: "a",
  placement: "home",
  when,
  action: { type: "message" as const, text: { en: "Hi" } },
});

describe("a rule for a channel", () => {
  it("is for that one alone, on this page and before the next one runs", () => {
    for (const [channel, isShown] of [
      ["web", true],
      ["store", false],
    ] as const) {
      const input = inputOf({ rules: [ruleFor({ channel })], context: { channel: "web" } });
      assert.equal(decide("home", input).rule, isShown ? "a" : undefined);
      assert.equal(compilePlan(input)!.slots["home"]!.length, isShown ? 1 : 0);
    }
  });

  it("is said to be for nobody, or for everybody, where its channels are none or all", () => {
    const findings = (when: JsonObject) => lintRules([ruleFor(when)]).map(({ code }) => code);
    assert.deepEqual(findings({ channel: "kiosk" }), ["unreachable"]);
    assert.deepEqual(findings({ channel: { $in: ["web", "app", "store", "pos"] } }), ["always_true"]);
    assert.deepEqual(findings({ channel: "web" }), []);
  });
});
