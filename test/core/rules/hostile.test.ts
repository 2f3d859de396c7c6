import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Json } from "../../../packages/core/src/json.ts";
import { compilePlan } from "../../../packages/core/src/rules/compilePlan.ts";
import { decide } from "../../../packages/core/src/rules/decide.ts";
import { present } from "../../../packages/core/src/rules/present.ts";
import type { Rule, Ruleset } from "../../../packages/core/src/rules/ruleset.ts";
import { type Given, inputOf } from "./given.ts";

const names = ["__proto__", "constructor", "toString", "valueOf", "hasOwnProperty", "home"];

/** JSON as text, so that `__proto__` can be a key: no object literal can write it. */
const jsonText: fc.Arbitrary<string> = fc.letrec<{ text: string; key: string }>((tie) => ({
  key: fc.constantFrom(
    ...names,
    "en",
    "$and",
    "$not",
    "$in",
    "$regex",
    "a",
    "per",
    "max",
    "from",
    "type",
    "length",
  ),
  text: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(
      "null",
      "0",
      "-1",
      "1e300",
      '""',
      '"home"',
      '"__proto__"',
      '"toString"',
      "true",
      "[]",
      "{}",
    ),
    fc.array(tie("text"), { maxLength: 3 }).map((parts) => `[${parts.join()}]`),
    fc
      .array(fc.tuple(tie("key"), tie("text")), { maxLength: 3 })
      .map((parts) => `{${parts.map(([key, text]) => `${JSON.stringify(key)}:${text}`).join()}}`),
  ),
})).text;

const json: fc.Arbitrary<Json> = jsonText.map((text) => JSON.parse(text) as Json);
const name = fc.constantFrom(...names);

/** A rule that is right but for a few fields. */
const rule: fc.Arbitrary<unknown> = fc
  .tuple(
    fc.record({
      id: name,
      placement: name,
      action: fc.constantFrom<unknown>(
        { type: "message", text: { en: "text" }, href: "/" },
        { type: "value", value: 1 },
        { type: "continueCategory" },
        { type: "resume", what: "cart" },
        { type: "prefill" },
      ),
    }),
    fc.dictionary(
      fc.constantFrom(
        "id",
        "placement",
        "priority",
        "purposes",
        "when",
        "schedule",
        "cap",
        "ramp",
        "exclusive",
        "experiment",
        "because",
        "action",
      ),
      json,
      { maxKeys: 2 },
    ),
    fc.dictionary(fc.constantFrom("type", "title", "text", "label", "href", "limit", "what", "value"), json, {
      maxKeys: 2,
    }),
    fc.boolean(),
  )
  .map(([right, wrong, wrongAction, isWhole]) =>
    isWhole ? { ...right, ...wrong } : { ...right, action: { ...(right.action as object), ...wrongAction } },
  );

const given: Given = {
  events: [
    [3, "Product Added", { product_id: "__proto__", cart_quantity: 1, category: "constructor" }],
    [2, "Product Viewed", { product_id: "toString", category: "__proto__", url: "javascript:alert(1)" }],
  ],
  rules: [],
};

function check(ruleset: Partial<Ruleset>, placement: string): boolean {
  const input = inputOf(given);
  Object.assign(input.ruleset!, ruleset);
  const decision = decide(placement, input);
  assert.equal(decision.placement, placement);
  assert.match(decision.reason, /^(targeting_match|split|default|error)$/);
  const content = decision.outcome ? present(decision.outcome, decision.because, "en") : [];
  assert.doesNotMatch(JSON.stringify(content), /javascript:/);
  compilePlan(input);
  assert.equal(Object.keys(Object.prototype).length, 0);
  return decision.outcome !== undefined;
}

describe("rules from a hostile hand", () => {
  it("never make decide, present or the plan throw", () => {
    let shown = 0;
    fc.assert(
      fc.property(fc.array(rule, { minLength: 1, maxLength: 4 }), name, (rules, placement) => {
        shown += Number(check({ rules: rules as Rule[] }, placement));
      }),
      { numRuns: 5_000 },
    );
    assert.ok(shown > 300, `only ${shown} outcomes`);
  });

  it("need not even be rules", () => {
    fc.assert(
      fc.property(json, json, name, (rules, groups, placement) => {
        check({ rules, groups } as unknown as Ruleset, placement);
        check({ rules: [rules, groups] } as unknown as Ruleset, placement);
      }),
      { numRuns: 1_000 },
    );
  });

  it("do not stop the rules beside them, as long as they have a placement, an id and a priority", () => {
    const good: Rule = { id: "good", placement: "home", priority: -1, action: { type: "value", value: 1 } };
    fc.assert(
      fc.property(
        fc.constantFrom("purposes", "when", "schedule", "cap", "ramp", "exclusive", "experiment", "because"),
        json,
        (field, value) => {
          const bad = {
            id: "bad",
            placement: "home",
            action: { type: "message" },
            [field]: value,
          } as unknown as Rule;
          const input = inputOf({ rules: [bad, good] });
          assert.match(decide("home", input).rule!, /^(bad|good)$/);
        },
      ),
    );
  });

  it("do not make a page lay out what nobody can read", () => {
    const text = { en: "{product} ".repeat(100_000) };
    const rules: Rule[] = [{ id: "long", placement: "home", action: { type: "message", text } }];
    const { outcome } = decide("home", inputOf({ rules }));
    assert.ok(outcome && "text" in outcome && outcome.text!.length === 4_000);
  });
});
