import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { evaluateCondition, lintRules, type Json, type JsonObject, type Rule } from "@vitrine/core";
import {
  ACTION_FORMS,
  changeAction,
  changeRuleAction,
  conditionOfRow,
  conditionOfTree,
  FACTS,
  firstRow,
  freePercent,
  groupsOf,
  holdoutOf,
  idOfName,
  isGroup,
  languagesOf,
  missingIn,
  newRule,
  percentOf,
  percentOfPart,
  previewLink,
  readWord,
  replacePart,
  rowOf,
  sentenceOfRule,
  splitOf,
  strings,
  suggestionsOf,
  treeOfCondition,
  WINDOWS,
  withoutPart,
  withPart,
  withRamp,
  withText,
  type Row,
} from "@vitrine/console";
import { parseRules } from "../../packages/server/src/rules/parseRules.ts";

const RETURNING = { "session.isNew": true, "profile.firstSeen": { $exists: true } };

/** Written by a merchant who knows the language better than the form does. */
const BY_HAND: JsonObject[] = [
  { "profile.searches": { $elemMatch: { $regexi: "coat" } } },
  { "profile.orderCount": { $type: "number" } },
  { "page.path": { $regex: "sale$" } },
  { "profile.cart.count": { $gt: 1, $lte: 3 } },
  { "profile.orderCount": { $not: { $in: [1, 2] } } },
];

const key = fc.constantFrom("coats", "shoes", "__proto__");
const zone = fc.constantFrom("local", "Europe/Berlin", "America/Argentina/Buenos_Aires");
const row: fc.Arbitrary<Row> = fc.constantFrom(...FACTS).chain((fact): fc.Arbitrary<Row> => {
  if (fact.kind === "choice")
    return fc
      .constantFrom(...Object.keys(fact.choices))
      .map((choice) => ({ kind: "choice", fact: fact.id, choice }));
  if (fact.kind === "hours")
    return fc.record({
      kind: fc.constant(fact.kind),
      fact: fc.constant(fact.id),
      key: zone,
      from: fc.integer({ min: 0, max: 23 }),
      to: fc.integer({ min: 1, max: 24 }),
    });
  if (fact.kind === "weekdays")
    return fc.record({
      kind: fc.constant(fact.kind),
      fact: fc.constant(fact.id),
      key: zone,
      days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    });
  const named = fact.path.startsWith("time.") ? zone : fact.path.includes("{key}") ? key : fc.constant("");
  if (fact.kind === "count")
    return fc.record({
      kind: fc.constant("count" as const),
      fact: fc.constant(fact.id),
      key: named,
      operator: fc.constantFrom("atLeast" as const, "fewer" as const),
      times: fc.integer({ min: 1, max: 3 }),
      window: fc.constantFrom(...WINDOWS),
    });
  return fc.constantFrom(...fact.operators).chain((operator) =>
    fc.record({
      kind: fc.constant("value" as const),
      fact: fc.constant(fact.id),
      key: named,
      operator: fc.constant(operator),
      value: valueFor(operator, fact.kind),
    }),
  );
});

function valueFor(operator: string, kind: string): fc.Arbitrary<string | number | string[]> {
  const text = fc.constantFrom("coats", "/sale.(x)", "de", "berlin");
  if (operator === "known" || operator === "unknown") return fc.constant("");
  if (operator === "oneOf" || operator === "noneOf") return fc.array(text, { minLength: 1, maxLength: 2 });
  return kind === "number" ? fc.integer({ min: 0, max: 3 }) : text;
}

const condition: fc.Arbitrary<JsonObject> = fc
  .letrec<{ node: JsonObject }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3 },
      row.map(conditionOfRow).filter((json) => !("$segment" in json)),
      fc.constantFrom(...BY_HAND),
      fc.tuple(row, row).map(([a, b]) => ({ ...conditionOfRow(a), ...conditionOfRow(b) })),
      fc.array(tie("node"), { minLength: 1, maxLength: 3 }).map(($and) => ({ $and })),
      fc.array(tie("node"), { minLength: 1, maxLength: 3 }).map(($or) => ({ $or })),
      fc.array(tie("node"), { minLength: 1, maxLength: 3 }).map(($nor) => ({ $nor })),
      tie("node").map(($not) => ({ $not })),
    ),
  }))
  .node.filter((json) => !JSON.stringify(json).includes("$segment"));

const count = fc.integer({ min: 0, max: 3 });
const visitor = fc.record(
  {
    profile: fc.record(
      {
        firstSeen: fc.constant(1),
        orderCount: count,
        cart: fc.record({ count, value: count }),
        categories: fc.dictionary(key, fc.record({ day7: count, day30: count, total: count })),
        counters: fc.constant({ "Order Completed": { day7: 1, day30: 2, total: 3 } }),
        lastViewed: fc.record({ category: fc.record({ id: key }) }, { requiredKeys: [] }),
        searches: fc.array(fc.constantFrom("Coat", "shoe")),
        stores: fc.constant({ preferred: "berlin", visited: {} }),
      },
      { requiredKeys: ["orderCount", "cart"] },
    ),
    session: fc.record({ isNew: fc.boolean() }),
    page: fc.record({
      path: fc.constantFrom("/", "/sale.(x)", "/sale"),
      language: fc.constantFrom("de", "en"),
    }),
    device: fc.record({ width: fc.constantFrom(390, 1280), touch: fc.boolean() }),
    time: fc.dictionary(
      zone,
      fc.record({ hour: fc.integer({ min: 0, max: 23 }), weekday: fc.integer({ min: 1, max: 7 }) }),
    ),
  },
  { requiredKeys: ["profile", "session", "page", "device", "time"] },
);

const runs = Number(process.env["RULE_FORM_RUNS"] ?? 500);

describe("a condition as groups of rows", () => {
  it(`means the same when it is written again (${runs} conditions)`, () => {
    fc.assert(
      fc.property(condition, fc.array(visitor, { minLength: 5, maxLength: 5 }), (when, visitors) => {
        const written = conditionOfTree(treeOfCondition(when));
        for (const one of visitors) {
          const attributes = one as unknown as JsonObject;
          assert.deepEqual(
            evaluateCondition(written, attributes),
            evaluateCondition(when, attributes),
            `${JSON.stringify(when)} became ${JSON.stringify(written)}`,
          );
        }
      }),
      { numRuns: runs },
    );
  });

  it("stays as it is while nobody edits it: reading what was written reads the same", () => {
    fc.assert(
      fc.property(condition, (when) => {
        const tree = treeOfCondition(conditionOfTree(treeOfCondition(when)));
        assert.deepEqual(treeOfCondition(conditionOfTree(tree)), tree);
      }),
      { numRuns: runs },
    );
  });

  it("keeps what was written by hand to the letter when a row beside it is edited", () => {
    for (const json of BY_HAND.slice(0, 3)) {
      const when = { "session.isNew": true, ...json, "page.path": json["page.path"] ?? "/" };
      const tree = treeOfCondition(when);
      assert.equal(rowOf(json), undefined);
      const edited = conditionOfTree(replacePart(tree, [0], { json: { "session.isNew": false } }));
      assert.deepEqual(edited, { ...when, "session.isNew": false });
    }
  });

  it("says in one row that somebody is back, and two tests of one value in two", () => {
    assert.deepEqual(treeOfCondition({ "profile.orderCount": 0, ...RETURNING }).parts, [
      { json: RETURNING },
      { json: { "profile.orderCount": 0 } },
    ]);
    const range = treeOfCondition({ "profile.cart.value": { $gte: 50, $lt: 100 } });
    assert.equal(range.parts.length, 2);
    assert.deepEqual(conditionOfTree(range), {
      $and: [{ "profile.cart.value": { $gte: 50 } }, { "profile.cart.value": { $lt: 100 } }],
    });
  });

  it("loses a group with its last row", () => {
    const tree = treeOfCondition({ "session.isNew": true, $or: [{ "page.path": "/" }] });
    const place = tree.parts.findIndex(isGroup);
    assert.deepEqual(conditionOfTree(replacePart(tree, [place, 0], undefined)), { "session.isNew": true });
  });
});

describe("a row", () => {
  it("is read back as it was written, whatever it asks", () => {
    fc.assert(
      fc.property(row, (one) => {
        const json = conditionOfRow(one);
        const read = rowOf(json);
        assert.ok(read, `${JSON.stringify(json)} is shown as a row`);
        assert.deepEqual(conditionOfRow(read), json);
      }),
      { numRuns: runs },
    );
  });

  it("has words for its fact and for each of its choices", () => {
    for (const fact of FACTS) {
      assert.ok(strings.ruleForm.facts[fact.id], fact.id);
      if (fact.kind !== "choice") continue;
      for (const choice of Object.keys(fact.choices)) {
        assert.ok(strings.ruleForm.choices[fact.id]?.[choice], `${fact.id} ${choice}`);
        assert.ok(strings.ruleForm.says.choices[fact.id]?.[choice], `${fact.id} ${choice}`);
      }
    }
  });

  it("shows the hours of a zone between two of them, over midnight too, and one clause of the JSON is one row", () => {
    const path = "time.Europe/Berlin.hour";
    const SHOWN: [operand: Json, from: number, to: number][] = [
      [{ $gte: 18 }, 18, 24],
      [{ $lt: 9 }, 0, 9],
      [{ $in: [9, 10, 11] }, 9, 12],
      [{ $in: [22, 23, 0, 1] }, 22, 2],
      [{ $in: [22, 23] }, 22, 24],
      [7, 7, 8],
    ];
    for (const [operand, from, to] of SHOWN) {
      const shown = rowOf({ [path]: operand });
      assert.deepEqual(shown, { kind: "hours", fact: "hour", key: "Europe/Berlin", from, to });
    }
    for (const operand of [{ $in: [9, 11] }, { $in: [] }, { $gte: 24 }, { $lt: 9.5 }, { $ne: 3 }, "9", null])
      assert.equal(rowOf({ [path]: operand }), undefined, JSON.stringify(operand));
  });

  it("shows days of the week, in whichever order they were written", () => {
    const days = (operand: Json) => rowOf({ "time.local.weekday": operand });
    assert.deepEqual(days({ $in: [7, 6] }), {
      kind: "weekdays",
      fact: "weekday",
      key: "local",
      days: [7, 6],
    });
    assert.deepEqual(days(1), { kind: "weekdays", fact: "weekday", key: "local", days: [1] });
    for (const operand of [{ $in: [0, 1] }, { $in: [1, 1] }, { $gt: 5 }, 8, "1"])
      assert.equal(days(operand), undefined, JSON.stringify(operand));
  });

  it("begins with a time that can be published, in the zone of whoever writes it", () => {
    for (const fact of ["hour", "weekday"]) {
      const written = { ...newRule("a", "message", "home"), when: conditionOfRow(firstRow(fact)) };
      assert.equal(parseRules({ rules: [withText(written, "text", "en", "Hi")] }).kind, "valid", fact);
      const first = firstRow(fact);
      assert.equal("key" in first && first.key, Intl.DateTimeFormat().resolvedOptions().timeZone);
    }
  });

  it("holds for visitors as its words say: fewer than once is never, and matches who never came", () => {
    const never = conditionOfRow({ ...firstRow("viewed"), key: "coats", operator: "fewer" } as Row);
    const matches = (profile: JsonObject) => evaluateCondition(never, { profile }).kind === "match";
    assert.equal(matches({}), true);
    assert.equal(matches({ categories: { coats: { total: 2 } } }), false);
  });
});

const COATS: Rule = {
  ...newRule("back-to-the-coats", "continueCategory", "home-hero"),
  when: { ...RETURNING, "profile.categories.coats.total": { $gte: 1 }, "profile.orderCount": 0 },
};

describe("a rule in words", () => {
  const whoOf = (when: JsonObject) => sentenceOfRule({ ...COATS, when })[0]!.split(" see in ")[0];

  it("is what the merchant would have said", () => {
    assert.deepEqual(sentenceOfRule(COATS), [
      "Returning visitors who viewed “coats” and have not bought see in the slot home-hero: “Still looking for {category}?” Continue with the last category: up to 4 products.",
      "10 % of them see your shop’s own content instead, so that you learn what the rule changes.",
    ]);
  });

  it("says groups, counts, and what was written by hand", () => {
    assert.equal(whoOf({}), "Everybody");
    assert.equal(whoOf({ "profile.firstSeen": { $exists: false } }), "New visitors");
    assert.equal(
      whoOf({
        $or: [{ "profile.categories.coats.day7": { $gte: 3 } }, { "profile.orderCount": { $gt: 0 } }],
      }),
      "Visitors who viewed “coats” at least 3 times within 7 days or have bought",
    );
    assert.equal(
      whoOf({ $nor: [{ "device.touch": true }, { "page.path": "/cart" }] }),
      "Visitors who are not among those who have a touch screen or are on a page that is “/cart”",
    );
    assert.equal(
      whoOf({
        "time.Europe/Berlin.hour": { $in: [18, 19, 20, 21] },
        "time.Europe/Berlin.weekday": { $in: [7, 5] },
        "time.local.date": "2026-11-27",
      }),
      "Visitors who come between 18:00 and 22:00 in Europe/Berlin, come on Fri or Sun in Europe/Berlin and come on a day whose date by their own clock is “2026-11-27”",
    );
    assert.match(whoOf(BY_HAND[0]!)!, /^Visitors who meet this: profile\.searches with an entry/);
  });

  it("says so when nobody can tell what the rule changes", () => {
    const { experiment: _experiment, ...unmeasured } = COATS;
    assert.match(sentenceOfRule(unmeasured)[1]!, /nobody can tell/);
  });
});

describe("a new rule", () => {
  for (const type of Object.keys(ACTION_FORMS)) {
    it(`of ${type} can be published, is measured, and is found faultless`, () => {
      const rule = newRule("a", type, ACTION_FORMS[type]!.placement);
      const written = type === "message" ? withText(rule, "text", "en", "Hello") : rule;
      assert.equal(parseRules({ rules: [written] }).kind, "valid");
      assert.deepEqual(lintRules([written]), []);
      assert.deepEqual(
        splitOf(written),
        type === "screen" ? { kind: "none" } : { kind: "holdout", share: 0.1 },
      );
    });
  }

  it("has words for its action, its fields and whatever they may say", () => {
    const { actionNames, fields, listNames, textNames } = strings.ruleForm;
    for (const [type, form] of Object.entries(ACTION_FORMS)) {
      assert.ok(actionNames[type], type);
      for (const field of form.fields) assert.ok(fields[field], field);
      for (const text of form.texts) assert.ok(textNames[text], text);
      for (const choice of Object.values(form.choices ?? {}).flat()) assert.ok(listNames[choice], choice);
    }
  });

  it("is called by an id made from its name", () => {
    assert.equal(idOfName("  Back to the Coats! "), "back-to-the-coats");
    assert.equal(idOfName("Mäntel für März"), "mantel-fur-marz");
    assert.equal(idOfName("外套"), "");
  });

  it("becomes another action and keeps what both have", () => {
    const message = changeAction(COATS.action, "message") as unknown as JsonObject;
    assert.deepEqual(message["title"], { en: "Still looking for {category}?" });
    assert.equal(message["limit"], undefined);
    assert.equal((changeAction(COATS.action, "resume") as unknown as JsonObject)["what"], "cart");
    assert.deepEqual(changeRuleAction(COATS, "survey").purposes, ["personalization", "analytics"]);
  });
});

describe("a holdout", () => {
  it("adds up, keeps its key, and leaves other splits alone", () => {
    for (const share of [0.05, 0.1, 0.3, 0.33]) {
      const { weights } = holdoutOf({ id: "a" }, share);
      assert.equal(weights[0]! + weights[1]!, 1);
    }
    const experiment = { key: "autumn", variants: ["control", "on"], weights: [0.1, 0.9] };
    assert.deepEqual(holdoutOf({ id: "a", experiment }, 0.2), { ...experiment, weights: [0.2, 0.8] });
    const byHand = { key: "a", variants: ["control", "b", "c"], weights: [0.2, 0.4, 0.4] };
    assert.deepEqual(splitOf({ experiment: byHand }), { kind: "byHand" });
  });
});

describe("an exclusion group", () => {
  const named = (id: string, from?: number, to = 1, group = "checkout"): Rule => ({
    ...COATS,
    id,
    ...(from !== undefined && { exclusive: { group, from, to } }),
  });
  const partOf = (rule: Rule | undefined) => rule?.exclusive && [rule.exclusive.from, rule.exclusive.to];

  it("gives a rule half of the visitors, or what the others leave", () => {
    const group = "checkout";
    assert.deepEqual(partOf(withPart(named("a"), [named("a")], { group })), [0, 0.5]);
    assert.deepEqual(partOf(withPart(named("b"), [named("a", 0, 0.5)], { group })), [0.5, 1]);
    assert.deepEqual(
      partOf(withPart(named("c"), [named("a", 0, 0.5), named("b", 0.8)], { group })),
      [0.5, 0.8],
    );
    assert.equal(withPart(named("c"), [named("a", 0, 0.5), named("b", 0.5)], { group }), undefined);
    assert.equal(freePercent(named("c"), [named("a", 0, 0.5), named("b", 0.8)], group), 30);
  });

  it("keeps a rule's part where it is while it grows, and moves it where it must", () => {
    const rules = [named("a", 0.2, 0.4), named("b", 0.6, 0.7)];
    const asked = (percent: number) => partOf(withPart(rules[0]!, rules, { group: "checkout", percent }));
    assert.deepEqual(
      [asked(10), asked(40)],
      [
        [0.2, 0.3],
        [0.2, 0.6],
      ],
    );
    assert.deepEqual(asked(60), [0, 0.6]);
    assert.equal(asked(61), undefined);
    assert.equal(percentOfPart({ group: "g", from: 0.07, to: 0.357 }), 28.7);
  });

  it("can be published, overlaps with nobody, and goes without a trace", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 600 }), { minLength: 1, maxLength: 8 }), (sizes) => {
        const rules: Rule[] = [];
        for (const [at, size] of sizes.entries()) {
          const rule = withPart(named(`r${at}`), rules, { group: "g", percent: size / 10 });
          if (rule) rules.push(rule);
        }
        assert.equal(parseRules({ rules }).kind, "valid");
        assert.deepEqual(
          lintRules(rules).filter(({ code }) => code === "overlapping_group"),
          [],
        );
        assert.ok(rules.reduce((sum, { exclusive }) => sum + percentOfPart(exclusive!), 0) <= 100.0001);
        assert.deepEqual(withoutPart(rules[0]!), named("r0"));
      }),
    );
    assert.deepEqual(
      groupsOf([named("a", 0, 1, "z"), named("b"), named("c", 0, 1, "k"), named("d", 0, 1, "z")]),
      ["k", "z"],
    );
  });

  it("is said in the rule's sentence, and left behind where the rule becomes a mirror's", () => {
    assert.deepEqual(sentenceOfRule(named("a", 0, 0.25)).slice(1), [
      "It is for 25 % of all visitors, who meet no other rule of the group “checkout”.",
      "10 % of those it is for see your shop’s own content instead, so that you learn what the rule changes.",
    ]);
    const screen = changeRuleAction(named("a", 0, 0.25), "screen");
    assert.equal("exclusive" in screen, false);
  });
});

describe("a ramp", () => {
  it("is written as a share that can be published, and goes without a trace", () => {
    const written = { 0.1: 0.001, 7: 0.07, 12.34: 0.1234, 29: 0.29, 57: 0.57, 99.9: 0.999, 100: 1 };
    for (const [percent, ramp] of Object.entries(written)) {
      const rule = withRamp(COATS, Number(percent) / 100);
      assert.equal(rule.ramp, ramp);
      assert.equal(percentOf(ramp), Number(percent));
      assert.equal(parseRules({ rules: [rule] }).kind, "valid");
      assert.equal(JSON.stringify(withRamp(rule, undefined)), JSON.stringify(COATS));
    }
  });

  it("keeps its place in the JSON when it is raised, and leaves the split alone", () => {
    const first = withRamp(COATS, 0.05);
    const raised = withRamp({ ...first, because: { en: "You looked at coats" } }, 0.2);
    assert.deepEqual(Object.keys(raised), [...Object.keys(first), "because"]);
    assert.deepEqual(splitOf(raised), { kind: "holdout", share: 0.1 });
  });

  it("says with whom the rule begins, and of whom the holdout is a share", () => {
    assert.deepEqual(sentenceOfRule(withRamp(COATS, 0.0525)).slice(1), [
      "It begins with 5.25 % of them; the others go on as if the rule were not there.",
      "10 % of those it begins with see your shop’s own content instead, so that you learn what the rule changes.",
    ]);
    const { experiment: _experiment, ...unmeasured } = withRamp(COATS, 0.05);
    assert.match(sentenceOfRule(unmeasured)[2]!, /^All of those it begins with see it/);
    assert.deepEqual(sentenceOfRule(withRamp(COATS, 1)), sentenceOfRule(COATS));
  });

  it("is left behind where the rule becomes a mirror's, as the cap is: no mirror takes them", () => {
    const capped: Rule = { ...withRamp(COATS, 0.5), cap: { per: "day", max: 1 } };
    assert.deepEqual(
      [changeRuleAction(capped, "message").ramp, changeRuleAction(capped, "message").cap?.max],
      [0.5, 1],
    );
    const screen = changeRuleAction(capped, "screen");
    assert.deepEqual(["ramp" in screen, "cap" in screen], [false, false]);
    assert.equal(parseRules({ rules: [screen] }).kind, "valid");
  });
});

describe("texts by language", () => {
  it("name the languages of the shop and what each lacks", () => {
    const german = withText(COATS, "title", "de", "Noch auf der Suche?");
    assert.deepEqual(languagesOf([german]), ["en", "de"]);
    assert.deepEqual(missingIn(german, "de"), ["label"]);
    assert.deepEqual(missingIn(german, "en"), []);
  });

  it("go when they are emptied, and come back where they were", () => {
    const without = withText(COATS, "label", "en", "");
    assert.equal("label" in without.action, false);
    const because = withText(COATS, "because", "en", "You asked for it");
    assert.deepEqual(because.because, { en: "You asked for it" });
    assert.deepEqual(withText(because, "because", "en", ""), COATS);
  });
});

describe("a preview", () => {
  it("is opened by a link whose token no server is sent", () => {
    const link = previewLink("https://shop.example/sale?a=1#top", "t0ken")!;
    assert.equal(link.href, "https://shop.example/sale?a=1&vitrine-inspector=preview#vitrine-preview=t0ken");
    for (const none of ["", "shop.example", "javascript:alert(1)", "data:text/html,x"])
      assert.equal(previewLink(none, "t"), undefined, none);
  });

  it("hears its page, whatever else stands in the frame", () => {
    const slots = [{ placement: "home", rule: null, more: 1 }, { placement: 1 }, null];
    assert.deepEqual(readWord({ vitrine: "preview", kind: "slots", slots }), {
      kind: "slots",
      slots: [{ placement: "home", rule: null }],
    });
    assert.deepEqual(readWord({ vitrine: "preview", kind: "picked", placement: "home" }), {
      kind: "picked",
      placement: "home",
    });
    const strange = [
      null,
      "picked",
      { kind: "picked", placement: "home" },
      { vitrine: "preview", kind: "picked" },
    ];
    for (const one of strange) assert.equal(readWord(one), undefined);
  });
});

describe("suggestions", () => {
  it("are what the latest events and the rules name, each once", () => {
    const event = (properties: JsonObject, context: JsonObject = {}) => ({
      cursor: "1",
      time: 0,
      receivedAt: 0,
      identity: { namespace: "anonymous", id: "d" },
      event: { type: "track", event: "Product Viewed", messageId: "m", properties, traits: {}, context },
    });
    const found = suggestionsOf(
      [
        event({ product_id: "1", category_id: "coats", category: "Coats", brand: "Nord" }),
        event({ category_id: "coats" }, { page: { path: "/sale", search: "?utm_source=mail" } }),
      ],
      { rules: [COATS], segments: { loyal: {} } },
    );
    assert.deepEqual(found.categories, ["coats"]);
    assert.deepEqual(found.paths, ["/sale"]);
    assert.deepEqual(found.queries, ["utm_source"]);
    assert.deepEqual(found.brands, ["Nord"]);
    assert.deepEqual(found.segments, ["loyal"]);
    assert.deepEqual(found.placements, ["home-hero"]);
  });
});
