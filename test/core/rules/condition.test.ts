import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { JsonObject } from "../../../packages/core/src/json.ts";
import { answerCondition } from "../../../packages/core/src/rules/condition/answerCondition.ts";
import {
  type Condition,
  type ConditionOptions,
  evaluateCondition,
} from "../../../packages/core/src/rules/condition/index.ts";

/** As from the wire: `__proto__` becomes an own property, which no object literal can write. */
const parse = (json: string): JsonObject => JSON.parse(json) as JsonObject;

function answer(condition: Condition, attributes: JsonObject, options?: ConditionOptions): string {
  const result = evaluateCondition(condition, attributes, options);
  return result.kind === "error" ? `${result.code} at ${result.path}` : result.kind;
}

function nested(levels: number): Condition {
  let condition: Condition = { a: 1 };
  for (let i = 1; i < levels; i++) condition = { $not: condition };
  return condition;
}

function anyOf(count: number): Condition {
  return { $or: Array.from({ length: count }, (_, i) => ({ a: i + 1 })) };
}

describe("a missing value", () => {
  const tests: [title: string, condition: Condition, expected: "match" | "no_match"][] = [
    ["equals null", { a: null }, "match"],
    ["equals null by operator", { a: { $eq: null } }, "match"],
    ["is in a list with null", { a: { $in: [1, null] } }, "match"],
    ["has the type null", { a: { $type: "null" } }, "match"],
    ["is not zero", { a: 0 }, "no_match"],
    ["is not the text null", { a: "null" }, "no_match"],
    ["is not false", { a: false }, "no_match"],
    ["is not the empty text", { a: "" }, "no_match"],
    ["is not greater than a negative number", { a: { $gt: -1 } }, "no_match"],
    ["is not less than a number", { a: { $lt: 1 } }, "no_match"],
    ["is not at least zero", { a: { $gte: 0 } }, "no_match"],
    ["is not at most zero", { a: { $lte: 0 } }, "no_match"],
    ["is no version", { a: { $vlt: "1.0.0" } }, "no_match"],
    ["is not version zero", { a: { $veq: "0" } }, "no_match"],
    ["fits no pattern", { a: { $regex: "null|" } }, "no_match"],
    ["differs from a value", { a: { $ne: 1 } }, "match"],
    ["does not differ from null", { a: { $ne: null } }, "no_match"],
    ["is in no list without null", { a: { $nin: [1] } }, "match"],
    ["differs from a version", { a: { $vne: "1.0.0" } }, "match"],
    ["fits no pattern, so it passes the opposite", { a: { $notRegex: "x" } }, "match"],
    ["passes a negation on the value", { a: { $not: { $gt: 1 } } }, "match"],
    ["passes a negation of the condition", { $not: { a: { $gt: 1 } } }, "match"],
    ["is what $exists: false asks for", { a: { $exists: false } }, "match"],
  ];
  for (const [title, condition, expected] of tests) {
    it(title, () => {
      assert.equal(answer(condition, {}), expected);
      assert.equal(answer(condition, { a: null }), expected, "null counts as missing");
    });
  }
});

describe("a value", () => {
  const tests: [title: string, condition: Condition, attributes: JsonObject, expected: string][] = [
    ["equals a list of the same entries", { a: { $eq: [1, { b: 2 }] } }, { a: [1, { b: 2 }] }, "match"],
    [
      "equals an object whatever the order of its names",
      { a: { b: 1, c: 2 } },
      { a: { c: 2, b: 1 } },
      "match",
    ],
    ["is not an object with other names", { a: { b: 1, c: null } }, { a: { b: 1, d: null } }, "no_match"],
    ["is a list, not an object with the same names", { a: { 0: 1 } }, { a: [1] }, "no_match"],
    ["is a list, not the text of its entry", { a: "x" }, { a: ["x"] }, "no_match"],
    ["is read from a list by index", { "a.1.b": 2 }, { a: [{}, { b: 2 }] }, "match"],
    ["zero is found in a list", { a: { $elemMatch: { $lt: 1 } } }, { a: [0] }, "match"],
    ["fits every operator", { a: { $gt: 1, $lt: 3 } }, { a: 3 }, "no_match"],
    [
      "version parts of six digits keep their order",
      { a: { $vgt: "99999.0.0" } },
      { a: "100000.0.0" },
      "match",
    ],
    ["a number is a version", { a: { $vgte: 2 } }, { a: 10 }, "match"],
    ["an object is no version", { a: { $vlt: "1" } }, { a: {} }, "no_match"],
    ["fits none of two negated patterns", { a: { $notRegexi: "^X", $notRegex: "z$" } }, { a: "yb" }, "match"],
    ["a number has a text", { a: { $regex: "^4\\d$" } }, { a: 42 }, "match"],
    [
      "a text too long for patterns is as good as missing",
      { a: { $regex: "x" } },
      { a: "x".repeat(257) },
      "no_match",
    ],
    ["$nor of nothing never matches", { $nor: [] }, {}, "no_match"],
  ];
  for (const [title, condition, attributes, expected] of tests) {
    it(title, () => assert.equal(answer(condition, attributes), expected));
  }
});

describe("what a condition does not understand", () => {
  const errors: [title: string, condition: Condition, expected: string][] = [
    ["an unknown operator", { a: { $gtt: 1 } }, "unknown_operator at /a/$gtt"],
    ["an unknown operator under $not", { $not: { a: { $gtt: 1 } } }, "unknown_operator at /$not/a/$gtt"],
    [
      "an unknown operator next to a false clause",
      { $and: [{ b: 1 }, { a: { $near: 1 } }] },
      "unknown_operator at /$and/1/a/$near",
    ],
    [
      "an unknown operator next to a true clause",
      { $or: [{ b: null }, { a: { $near: 1 } }] },
      "unknown_operator at /$or/1/a/$near",
    ],
    [
      "an unknown operator in a list that is empty",
      { list: { $elemMatch: { x: { $near: 1 } } } },
      "unknown_operator at /list/$elemMatch/x/$near",
    ],
    ["an unknown operator in place of an attribute", { $xor: [{ a: 1 }] }, "unknown_operator at /$xor"],
    [
      "an unknown operator in place of an attribute, with operators",
      { $expr: { $eq: [1, 2] } },
      "unknown_operator at /$expr",
    ],
    ["an operator without its sign", { a: { $gt: 1, lt: 3 } }, "unknown_operator at /a/lt"],
    ["a name every object has", { a: { $gt: 1, constructor: 3 } }, "unknown_operator at /a/constructor"],
    ["a list where there is none", { a: { $in: "x" } }, "bad_operand at /a/$in"],
    ["objects in $in", { a: { $nin: [{}] } }, "bad_operand at /a/$nin"],
    ["$and without a list", { $and: { a: 1 } }, "bad_operand at /$and"],
    ["$and with something else than conditions", { $and: [1] }, "bad_operand at /$and/0"],
    ["$not without a condition", { $not: [{}] }, "bad_operand at /$not"],
    ["an order without a value", { a: { $gt: null } }, "bad_operand at /a/$gt"],
    ["an order with a list", { a: { $lte: [] } }, "bad_operand at /a/$lte"],
    ["a version that is none", { a: { $vne: {} } }, "bad_operand at /a/$vne"],
    ["a type that is none", { a: { $type: "text" } }, "bad_operand at /a/$type"],
    ["$exists with a word", { a: { $exists: "no" } }, "bad_operand at /a/$exists"],
    ["a group without a name", { a: { $notInGroup: ["x"] } }, "bad_operand at /a/$notInGroup"],
    ["$all without a list", { a: { $all: 1 } }, "bad_operand at /a/$all"],
    ["a pattern that could hang a page", { a: { $regex: "^(a+)+$" } }, "bad_operand at /a/$regex"],
  ];
  for (const [title, condition, expected] of errors) {
    it(`is an error: ${title}`, () => assert.equal(answer(condition, {}), expected));
  }
  for (const condition of [null, 1, "a", [], undefined]) {
    it(`is an error: ${JSON.stringify(condition)} in place of the condition`, () => {
      assert.equal(answer(condition as unknown as Condition, {}), "bad_operand at ");
    });
  }
});

describe("a condition that is asked again", () => {
  it("looks at the attributes and groups of the day", () => {
    const condition = { a: { $inGroup: "some" }, list: { $elemMatch: { id: { $regex: "^x" } } } };
    const list = [{ id: "y" }, { id: "x1" }];
    assert.equal(answer(condition, { a: 1, list }, { groups: { some: [2] } }), "no_match");
    assert.equal(answer(condition, { a: 1, list }, { groups: { some: [1] } }), "match");
    assert.equal(answer(condition, { a: 1, list: [] }, { groups: { some: [1] } }), "no_match");
    assert.equal(answer(condition, { a: 1, list }, { groups: { some: [1] } }), "match");
  });
  it("shows its fault every time, with the place", () => {
    const condition = { $or: [{ a: 1 }, { list: { $elemMatch: { id: { $regex: "(" } } } }] };
    const fault = "bad_operand at /$or/1/list/$elemMatch/id/$regex";
    for (const a of [1, 1, 2]) assert.equal(answer(condition, { a, list: [] }), fault);
  });
});

describe("bounds", () => {
  it("allow 32 levels and no more", () => {
    assert.equal(answer(nested(32), { a: 1 }), "no_match");
    assert.equal(answer(nested(33), { a: 1 }), "too_complex at ");
  });
  it("hold for a hundred thousand levels", () => {
    assert.equal(answer(nested(100_000), {}), "too_complex at ");
    const deep = parse(`{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`);
    assert.equal(answer(deep, deep), "too_complex at ");
    assert.equal(answer({ a: [[[]]] }, deep), "no_match");
  });
  it("allow 1,000 clauses and no more", () => {
    assert.equal(answer(anyOf(999), { a: 999 }), "match");
    assert.equal(answer(anyOf(1_000), { a: 1_000 }), "too_complex at ");
  });
  it("hold in a page as well, which does not count clauses", () => {
    const ask = (condition: Condition) => answerCondition(condition, { a: 999 }, { isKnown: () => true });
    assert.equal(ask({ $and: [anyOf(999), { a: 999 }] }), true);
    assert.throws(() => ask(anyOf(1_100)), new RangeError("too_complex"));
    assert.throws(
      () => ask({ $or: Array.from({ length: 10_000 }, () => ({})) }),
      new RangeError("too_complex"),
    );
  });
  it("do not count the entries of a list of values", () => {
    assert.equal(answer({ a: { $in: Array.from({ length: 20_000 }, (_, i) => i) } }, { a: 19_999 }), "match");
  });
});

describe("hostile names", () => {
  for (const name of ["__proto__", "constructor", "hasOwnProperty", "toString", "valueOf"]) {
    it(`${name} is an attribute only where the data has it`, () => {
      const condition = parse(`{"${name}":{"$exists":true}}`);
      assert.equal(answer(condition, {}), "no_match");
      assert.equal(answer(condition, parse(`{"${name}":1}`)), "match");
      assert.equal(answer(parse(`{"a.${name}":{"$exists":true}}`), { a: "text", b: 1 }), "no_match");
      assert.equal(answer(parse(`{"a.${name}.name":{"$exists":true}}`), { a: {} }), "no_match");
    });
    it(`${name} in a value is compared, not used`, () => {
      const attributes = parse(`{"a":{"${name}":1}}`);
      assert.equal(answer(parse(`{"a":{"${name}":1}}`), attributes), "match");
      assert.equal(answer(parse(`{"a":{"${name}":2}}`), attributes), "no_match");
      assert.equal(answer({ a: {} }, attributes), "no_match");
      for (const operand of ["1", 1, true]) assert.doesNotThrow(() => answer({ a: operand }, attributes));
      assert.equal(answer({ a: { $regex: "1" } }, attributes), "no_match");
      assert.equal(answer({ a: { $gt: "" } }, attributes), "no_match");
    });
    it(`${name} is a group only where there is one`, () => {
      assert.equal(answer({ a: { $inGroup: name } }, { a: 1 }), "no_match");
    });
  }
  it("leave the prototype of objects alone", () => {
    answer(parse('{"__proto__":{"$eq":{"polluted":true}}}'), parse('{"__proto__":{"polluted":true}}'));
    assert.equal("polluted" in {}, false);
  });
});

describe("evaluation", () => {
  it("never throws, whatever the JSON", () => {
    const names = fc.constantFrom(
      "$and",
      "$or",
      "$nor",
      "$not",
      "$eq",
      "$in",
      "$all",
      "$size",
      "$elemMatch",
      "$regex",
      "$vgt",
      "$gt",
      "a",
      "a.b",
      "__proto__",
    );
    const { json } = fc.letrec((tie) => ({
      json: fc.oneof(
        { maxDepth: 6 },
        fc.constantFrom(null, 0, 1, "", "a", "(", true),
        fc.array(tie("json"), { maxLength: 3 }),
        fc.dictionary(names, tie("json"), { maxKeys: 3 }),
      ),
    }));
    let decided = 0;
    fc.assert(
      fc.property(json, json, (condition, attributes) => {
        const result = evaluateCondition(condition as Condition, attributes as JsonObject);
        if (result.kind !== "error") decided++;
      }),
      { numRuns: 2_000 },
    );
    assert.ok(decided > 100, `only ${decided} of the random conditions were conditions`);
  });
});
