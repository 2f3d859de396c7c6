import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { JsonObject } from "../../../packages/core/src/json.ts";
import { evaluateCondition } from "../../../packages/core/src/rules/condition/index.ts";
import { canHold } from "../../../packages/core/src/rules/lint/canHold.ts";
import { lintRules, type Finding } from "../../../packages/core/src/rules/lintRules.ts";
import type { Rule } from "../../../packages/core/src/rules/ruleset.ts";
import { NOW } from "./given.ts";

const message: Rule["action"] = { type: "message", text: { en: "Welcome" } };

/** A rule without fault; what is given differs. */
const rule = (fields: Partial<Rule> = {}): Rule => ({
  id: "a",
  placement: "home",
  action: message,
  ...fields,
});

const found = (...rules: Rule[]): string[] => lintRules(rules, NOW).map((one) => `${one.rule}: ${one.code}`);

/** What a clean site has. */
const clean: Rule[] = [
  {
    id: "home-continue",
    placement: "home-hero",
    priority: 50,
    purposes: ["personalization"],
    when: { "profile.lastViewed.category": { $exists: true }, "session.isNew": true },
    schedule: { from: "2026-11-01", to: null, timeZone: "Europe/Warsaw" },
    cap: { per: "session", max: 3 },
    experiment: { key: "home-continue", weights: [0.1, 0.9], variants: ["control", "on"] },
    because: { en: "Because you looked at {category} last time." },
    action: {
      type: "continueCategory",
      limit: 4,
      title: { en: "Still looking for {category}?", de: "Noch auf der Suche nach {category}?" },
      label: { en: "All {category}" },
      href: "/c/{category}",
    },
  },
  { id: "home-default", placement: "home-hero", priority: -1, purposes: [], action: message },
  {
    id: "usual-size",
    placement: "size",
    because: { en: "You chose {size} before." },
    action: { type: "prefill", what: "size" },
  },
  {
    id: "cart",
    placement: "home-resume",
    when: { "profile.cart.count": { $gt: 0 }, "page.path": { $in: ["/", "/de/"] } },
    action: { type: "resume", what: "cart", href: "/cart", title: { en: "{count} in your cart" } },
  },
  { id: "mail", placement: "bar", when: { "page.query.utm_source": "mail" }, purposes: [], action: message },
  { id: "sms", placement: "bar", when: { "page.query.utm_source": "sms" }, purposes: [], action: message },
  {
    id: "columns",
    placement: "grid",
    when: { "page.path": { $regex: "^/(de|en)/[^/]+/[^/]+$" } },
    action: { type: "value", value: 3 },
  },
];

describe("the linter", () => {
  it("finds nothing in clean rules", () => assert.deepEqual(lintRules(clean, NOW), []));
  it("finds nothing in no rules", () => assert.deepEqual(lintRules([]), []));

  const seeded: [title: string, rules: Rule[], expected: string[]][] = [
    ["two rules of one id", [rule(), rule({ placement: "cart" })], ["a: duplicate_id"]],
    ["an operator that is none", [rule({ when: { "page.path": { $near: "/" } } })], ["a: unknown_operator"]],
    [
      "a pattern that could hang a page",
      [rule({ when: { "page.path": { $notRegex: "^(a+)+$" } } })],
      ["a: bad_pattern"],
    ],
    ["a pattern with a slip", [rule({ when: { "page.path": { $regexi: "(sale" } } })], ["a: bad_pattern"]],
    ["an operand of the wrong kind", [rule({ when: { "page.path": { $in: "/" } } })], ["a: bad_operand"]],
    [
      "a condition too long to evaluate",
      [rule({ when: { $or: Array.from({ length: 1_001 }, (_, i) => ({ "page.path": `/${i}` })) } })],
      ["a: too_complex"],
    ],
    [
      "a condition on the profile without its purpose",
      [rule({ purposes: ["analytics"], when: { $not: { "profile.orderCount": { $gt: 0 } } } })],
      ["a: missing_purpose"],
    ],
    [
      "an action on the profile without its purpose",
      [rule({ purposes: [], action: { type: "resume", what: "cart", href: "/cart" } })],
      ["a: missing_purpose"],
    ],
    [
      "an address that runs code",
      [rule({ action: { ...message, href: "javascript:alert(1)" } })],
      ["a: unsafe_href"],
    ],
    [
      "an address of another origin in disguise",
      [rule({ action: { ...message, href: "//evil.example/" } })],
      ["a: unsafe_href"],
    ],
    [
      "an address without its slash",
      [rule({ action: { type: "resume", what: "cart", href: "cart" } })],
      ["a: unsafe_href"],
    ],
    ["a schedule that is over", [rule({ schedule: { to: "2026-11-10" } })], ["a: unreachable"]],
    [
      "a schedule that ends before it begins",
      [rule({ schedule: { from: "2027-02-01", to: "2027-01-01" } })],
      ["a: unreachable"],
    ],
    ["a schedule without a date", [rule({ schedule: { from: "soon" } })], ["a: unreachable"]],
    ["a cap of nothing", [rule({ cap: { per: "ever", max: 0 } })], ["a: unreachable"]],
    [
      "a condition that contradicts itself",
      [
        rule({
          when: {
            "profile.cart.count": { $gt: 3 },
            $or: [{ "profile.cart.count": { $lt: 2 } }, { "profile.cart.count": 3 }],
          },
        }),
      ],
      ["a: unreachable"],
    ],
    [
      "a condition on what is never missing",
      [rule({ when: { "profile.lastViewed": { $exists: false } } })],
      ["a: unreachable"],
    ],
    [
      "a rule behind one for everyone",
      [rule({ priority: 1 }), rule({ id: "b", when: { "session.isNew": true } })],
      ["b: shadowed"],
    ],
    [
      "a rule behind a wider one",
      [
        rule({ priority: 1, when: { "page.path": { $in: ["/", "/sale"] } } }),
        rule({ id: "b", when: { "page.path": "/sale", "session.isNew": true } }),
      ],
      ["b: shadowed"],
    ],
    [
      "two rules of the same priority that can meet",
      [rule({ id: "b", when: { "session.isNew": true } }), rule({ when: { "page.path": "/" } })],
      ["b: conflicting"],
    ],
    [
      "a condition that holds for everyone",
      [rule({ when: { "profile.orderCount": { $gte: 0 } } })],
      ["a: always_true"],
    ],
    [
      "a condition or its opposite",
      [rule({ when: { $or: [{ "profile.traits.vip": true }, { $not: { "profile.traits.vip": true } }] } })],
      ["a: always_true"],
    ],
    [
      "a part of a path before first paint",
      [rule({ when: { "page.path": { $regex: "^/sale" } } })],
      ["a: not_at_first_paint"],
    ],
    [
      "alternatives before first paint",
      [rule({ when: { $or: [{ "page.path": "/" }, { "session.isNew": true }] } })],
      ["a: not_at_first_paint"],
    ],
    [
      "two query parameters before first paint",
      [rule({ when: { "page.query.a": "1", "page.query.b": "1" } })],
      ["a: not_at_first_paint"],
    ],
    [
      "what only some profiles leave open before first paint",
      [rule({ when: { $or: [{ "profile.traits.vip": true }, { "page.language": "en" }] } })],
      ["a: not_at_first_paint"],
    ],
    [
      "a text without English",
      [rule({ action: { type: "message", text: { de: "Hallo" } } })],
      ["a: missing_english"],
    ],
    ["a sentence without English", [rule({ because: { en: "", fr: "Parce que" } })], ["a: missing_english"]],
    [
      "a name that the action never fills",
      [rule({ action: { type: "message", text: { en: "Hello {name}", de: "Hallo {name}" } } })],
      ["a: unfilled_placeholder"],
    ],
    [
      "a name in an address that takes none",
      [rule({ action: { type: "resume", what: "list", href: "/list/{count}" } })],
      ["a: unfilled_placeholder"],
    ],
  ];
  const part = (from: number, to: number, group = "g") => ({ exclusive: { group, from, to } });
  it("finds two rules of a group that share visitors, and none whose parts meet at their ends", () => {
    const both = (a: Partial<Rule>, b: Partial<Rule>) =>
      found(rule(a), rule({ id: "b", placement: "cart", ...b }));
    assert.deepEqual(both(part(0, 0.5), part(0.4, 1)), ["a: overlapping_group", "b: overlapping_group"]);
    assert.deepEqual(both(part(0, 0.5), part(0.5, 1)), []);
    assert.deepEqual(both(part(0, 0.5), part(0.4, 1, "other")), []);
    assert.deepEqual(both(part(0, 0.5), {}), []);
  });

  for (const [title, rules, expected] of seeded) {
    it(`finds ${title}`, () => assert.deepEqual(found(...rules), expected));
  }

  const accepted: [title: string, rules: Rule[]][] = [
    ["an outranked rule, when the one before it may have nothing to show", [
      rule({ priority: 1, action: { type: "continueCategory" } }), rule({ id: "b" }),
    ]],
    ["an outranked rule, when the one before it is capped", [rule({ priority: 1, cap: { per: "day", max: 1 } }), rule({ id: "b" })]],
    ["an outranked rule, when the one before it ends", [rule({ priority: 1, schedule: { to: "2027-01-01" } }), rule({ id: "b" })]],
    ["an outranked rule, when the one before it needs more consent", [
      rule({ priority: 1, purposes: ["personalization", "marketing"] }), rule({ id: "b" }),
    ]],
    ["an outranked rule, when the one before it cannot be used", [
      rule({ priority: 1, schedule: { to: "2026-01-01" } }), rule({ id: "b" }),
    ].slice(1)],
    ["equal priorities of rules that never meet", [
      rule({ when: { "profile.cart.count": { $gt: 2 } } }), rule({ id: "b", when: { "profile.cart.count": { $lte: 2 } } }),
    ]],
    ["equal priorities one after the other", [
      rule({ schedule: { to: "2026-12-01" } }), rule({ id: "b", schedule: { from: "2026-12-01" } }),
    ]],
    ["an outranked rule, when the one before it is for its part of a group", [
      rule({ priority: 1, exclusive: { group: "g", from: 0, to: 0.5 } }), rule({ id: "b" }),
    ]],
    ["equal priorities of rules that share no visitor", [
      rule({ exclusive: { group: "g", from: 0, to: 0.5 } }), rule({ id: "b", exclusive: { group: "g", from: 0.5, to: 1 } }),
    ]],
    ["the same rule in two placements", [rule(), rule({ id: "b", placement: "cart" })]],
    ["a list that holds two of the values asked for", [
      rule({ when: { "profile.traits.tags": { $in: ["a"] }, $and: [{ "profile.traits.tags": { $in: ["b"] } }] } }),
    ]],
    ["a value that is no content, whatever it asks for", [
      rule({ when: { "page.language": { $in: ["de", "at"] } }, action: { type: "value", value: 1 } }),
    ]],
    ["an empty condition", [rule({ when: {} })]],
    ["more values than it can look at", [
      rule({ when: { "page.path": { $in: Array.from({ length: 5_000 }, (_, i) => `/${i}`) } } }),
    ]],
  ]; // prettier-ignore
  for (const [title, rules] of accepted) {
    it(`accepts ${title}`, () => assert.deepEqual(found(...rules), []));
  }

  it("says for each code how grave it is, and what to do", () => {
    const all = seeded.flatMap(([, rules]) => lintRules(rules, NOW));
    const severities = new Map<string, Finding["severity"]>();
    for (const { code, severity, message: text } of all) {
      severities.set(code, severity);
      assert.match(text, /^["A-Z].*[.]$/, text);
    }
    assert.deepEqual(Object.fromEntries([...severities].sort((a, b) => (a < b ? -1 : 1))), {
      always_true: "warning",
      bad_operand: "error",
      bad_pattern: "error",
      conflicting: "warning",
      duplicate_id: "error",
      missing_english: "warning",
      missing_purpose: "error",
      not_at_first_paint: "warning",
      shadowed: "warning",
      too_complex: "error",
      unfilled_placeholder: "warning",
      unknown_operator: "error",
      unreachable: "warning",
      unsafe_href: "error",
    });
  });

  it("does not know that a schedule is over without a clock", () => {
    assert.deepEqual(lintRules([rule({ schedule: { to: "2020-01-01" } })]), []);
  });

  it("says which clause keeps a rule out of the first-paint plan", () => {
    const [finding] = lintRules([rule({ when: { "session.isNew": true, "page.path": { $ne: "/" } } })], NOW);
    assert.match(finding!.message, /\{"page\.path":\{"\$ne":"\/"\}\}/);
  });

  it("compares a thousand rules of one placement in one go", () => {
    const rules = Array.from({ length: 1_000 }, (_, i) =>
      rule({ id: `r${i}`, when: { "page.path": `/${i}`, "profile.cart.count": { $gt: i } } }),
    );
    assert.deepEqual(found(...rules), []);
  });
});

describe("a contradiction", () => {
  const operand = fc.constantFrom<JsonObject | number | string | boolean | null>(
    { $gt: 1 },
    { $gte: 1 },
    { $lt: 1 },
    { $lte: 2 },
    { $eq: 1 },
    { $ne: 1 },
    { $in: [1, "a"] },
    { $nin: ["a", null] },
    { $exists: true },
    { $exists: false },
    { $regex: "^a" },
    { $notRegex: "^a" },
    { $size: 1 },
    1,
    "1",
    "a",
    true,
    false,
    null,
  );
  const { condition } = fc.letrec<{ condition: JsonObject }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.tuple(fc.constantFrom("a", "b"), operand).map(([path, value]): JsonObject => ({ [path]: value })),
      fc.array(tie("condition"), { minLength: 1, maxLength: 3 }).map((parts) => ({ $and: parts })),
      fc.array(tie("condition"), { minLength: 1, maxLength: 3 }).map((parts) => ({ $or: parts })),
      tie("condition").map((part) => ({ $not: part })),
    ),
  }));
  const value = fc.constantFrom<JsonObject[string]>(
    undefined,
    null,
    0,
    1,
    1.5,
    2,
    3,
    "",
    "1",
    "a",
    "ab",
    "b",
    true,
    false,
    [],
    ["a"],
    [1],
    ["a", "b"],
    {},
  );

  it("is never claimed of a condition that somebody meets", () => {
    let impossible = 0;
    fc.assert(
      fc.property(
        condition,
        fc.array(fc.record({ a: value, b: value }), { minLength: 50, maxLength: 50 }),
        (whole, people) => {
          if (canHold(whole)) return;
          impossible++;
          for (const attributes of people)
            assert.equal(evaluateCondition(whole, attributes).kind, "no_match");
        },
      ),
      { numRuns: 3_000 },
    );
    assert.ok(impossible > 50, `only ${impossible} contradictions`);
  });

  it("is found where two clauses of one path exclude each other", () => {
    for (const [one, other] of [
      [{ $gt: 1 }, { $lt: 1 }],
      [{ $eq: 1 }, { $ne: 1 }],
      [{ $in: [1] }, { $exists: false }],
      ["a", "b"],
      [{ $regex: "a" }, { $notRegex: "a" }],
    ] as JsonObject[][]) {
      assert.equal(canHold({ $and: [{ a: one }, { a: other }] }), false, JSON.stringify([one, other]));
      assert.equal(canHold({ $and: [{ a: one }, { b: other }] }), true);
    }
  });

  it("finds what further actions may get wrong", () => {
    const codes = (action: object, more: object = {}) =>
      lintRules([{ id: "r", placement: "p", action, ...more } as Rule]).map(({ code }) => code);
    const near = { type: "availability", text: { en: "{count} at {store}" } };
    assert.deepEqual(codes(near), []);
    assert.deepEqual(codes(near, { because: { en: "Near you." } }), ["stock_without_age"]);
    assert.deepEqual(codes(near, { because: { en: "Counted {time}." } }), []);
    assert.deepEqual(
      codes(near, { because: { en: "Counted {time}.", de: "In der Nähe." } }).filter((code) =>
        /stock/.test(code),
      ),
      ["stock_without_age"],
    );
    const ad = { value: "a", title: { en: "{category}" }, href: "javascript:x" };
    const echo = { type: "echoCreative", parameter: "utm", creatives: [ad] };
    assert.deepEqual(codes(echo, { purposes: [] }), ["unsafe_href", "unfilled_placeholder"]);
    const asked = { when: { "page.query.utm_source": "x" }, purposes: [] };
    const fine = { ...echo, creatives: [{ value: "a", title: { en: "A" } }] };
    assert.deepEqual(codes(fine, asked), ["not_at_first_paint"]);
    assert.deepEqual(codes({ type: "reorder" }, { purposes: ["analytics"] }), ["missing_purpose"]);
  });
});
