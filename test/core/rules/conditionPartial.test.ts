import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Json, JsonObject } from "../../../packages/core/src/json.ts";
import {
  type Condition,
  evaluateCondition,
  evaluatePartially,
  traceCondition,
} from "../../../packages/core/src/rules/condition/index.ts";

const paths = ["a", "b", "c.d", "list", "v", "gone"];
const scalar = fc.constantFrom<Json>(null, 0, 1, 2, "", "1", "ab", "AB", true, false, "1.2.0");
const groups = { some: [1, "ab", null] };

const attributes: fc.Arbitrary<JsonObject> = fc.record(
  {
    a: scalar,
    b: scalar,
    c: fc.oneof(scalar, fc.record({ d: scalar })),
    list: fc.oneof(scalar, fc.array(fc.oneof(scalar, fc.record({ d: scalar })), { maxLength: 3 })),
    v: fc.constantFrom("1.0.0", "1.2.0-rc.1", "2"),
  },
  { requiredKeys: [] },
);

interface Conditions {
  condition: Condition;
  value: Json;
  operators: JsonObject;
}

const operator = (name: string, operand: fc.Arbitrary<Json>): fc.Arbitrary<JsonObject> =>
  operand.map((value) => ({ [name]: value }));

const oneOf = (names: string[], operand: fc.Arbitrary<Json>): fc.Arbitrary<JsonObject> =>
  fc.constantFrom(...names).chain((name) => operator(name, operand));

const { condition } = fc.letrec<Conditions>(
  (tie: fc.LetrecTypedTie<Conditions>): fc.LetrecValue<Conditions> => {
    return {
      operators: fc
        .array(
          fc.oneof(
            { maxDepth: 3 },
            oneOf(["$eq", "$ne"], scalar),
            oneOf(
              ["$gt", "$gte", "$lt", "$lte", "$veq", "$vne", "$vgt", "$vlte"],
              fc.constantFrom<Json>(0, 1, "1", "ab", "1.1.0"),
            ),
            oneOf(["$in", "$nin", "$ini", "$nini", "$all", "$alli"], fc.array(scalar, { maxLength: 3 })),
            oneOf(
              ["$regex", "$notRegex", "$regexi", "$notRegexi"],
              fc.constantFrom<Json>("a", "^1", "b$", ""),
            ),
            oneOf(["$inGroup", "$notInGroup"], fc.constantFrom<Json>("some", "none")),
            operator("$exists", fc.boolean()),
            operator("$type", fc.constantFrom<Json>("null", "string", "array")),
            operator("$size", tie("value")),
            operator("$not", tie("value")),
            operator("$elemMatch", fc.oneof(tie("operators"), fc.record({ d: tie("value") }))),
          ),
          { minLength: 1, maxLength: 2 },
        )
        .map((list) => Object.assign({}, ...list) as JsonObject),
      value: fc.oneof({ maxDepth: 3 }, scalar, fc.constant<Json>([1]), tie("operators")),
      condition: fc.oneof(
        { maxDepth: 4 },
        fc.dictionary(fc.constantFrom(...paths), tie("value"), { maxKeys: 3, noNullPrototype: true }),
        fc.record({ $not: tie("condition") }),
        fc
          .tuple(fc.constantFrom("$and", "$or", "$nor"), fc.array(tie("condition"), { maxLength: 3 }))
          .map(([name, list]) => ({ [name]: list })),
        fc.tuple(tie("condition"), tie("condition")).map(([left, right]) => ({ ...left, ...right })),
      ),
    };
  },
);

/** What only a decided condition may contain: names of attributes it still asks for. */
function askedPaths(rest: Json | undefined): string[] {
  if (Array.isArray(rest)) return rest.flatMap(askedPaths);
  if (typeof rest !== "object" || rest === null) return [];
  return Object.entries(rest).flatMap(([key, inner]) =>
    /^\$(and|or|not)$/.test(key) ? askedPaths(inner) : [key],
  );
}

describe("partial evaluation", () => {
  it("and then the rest decide as one evaluation does, for random conditions", () => {
    const kinds = { match: 0, no_match: 0, rest: 0, error: 0 };
    fc.assert(
      fc.property(condition, attributes, fc.subarray(paths), (whole, all, known) => {
        const now = Object.fromEntries(
          Object.entries(all).filter(([name]) => known.some((path) => path.split(".")[0] === name)),
        );
        const isKnown = (path: string): boolean => known.includes(path);
        const full = evaluateCondition(whole, all, { groups });
        const partial = evaluatePartially(whole, now, isKnown, { groups });
        kinds[partial.kind]++;
        if (partial.kind !== "rest") return assert.deepEqual(partial, full);
        assert.deepEqual(evaluateCondition(partial.rest, all, { groups }), full);
        assert.ok(askedPaths(partial.rest).every((path) => !isKnown(path)));
        return assert.ok(askedPaths(partial.rest).length > 0);
      }),
      { numRuns: 5_000 },
    );
    for (const kind of ["match", "no_match", "rest"] as const)
      assert.ok(kinds[kind] > 200, JSON.stringify(kinds));
    assert.equal(kinds.error, 0);
  });

  it("is the whole evaluation when everything is known, and changes nothing when nothing is", () => {
    fc.assert(
      fc.property(condition, attributes, (whole, all) => {
        const full = evaluateCondition(whole, all, { groups });
        assert.deepEqual(
          evaluatePartially(whole, all, () => true, { groups }),
          full,
        );
        const nothing = evaluatePartially(whole, {}, () => false, { groups });
        assert.deepEqual(
          nothing.kind === "rest" ? evaluateCondition(nothing.rest, all, { groups }) : nothing,
          full,
        );
      }),
      { numRuns: 1_000 },
    );
  });

  const tests: [title: string, condition: Condition, expected: ReturnType<typeof evaluatePartially>][] = [
    ["drops true parts of $and", { $and: [{ a: 1 }, { b: 2 }] }, { kind: "rest", rest: { b: 2 } }],
    ["drops true clauses of an object", { a: 1, b: { $gt: 2 } }, { kind: "rest", rest: { b: { $gt: 2 } } }],
    ["is false with a false part of $and", { b: 2, a: 2 }, { kind: "no_match" }],
    ["is true with a true part of $or", { $or: [{ b: 2 }, { a: 1 }] }, { kind: "match" }],
    [
      "drops false parts of $or",
      { $or: [{ b: 2 }, { a: 2 }, { c: 3 }] },
      { kind: "rest", rest: { $or: [{ b: 2 }, { c: 3 }] } },
    ],
    ["is false with a true part of $nor", { $nor: [{ b: 2 }, { a: 1 }] }, { kind: "no_match" }],
    ["folds $not of what is known", { $not: { a: 2 } }, { kind: "match" }],
    ["keeps $not of what is left", { $not: { a: 1, b: 2 } }, { kind: "rest", rest: { $not: { b: 2 } } }],
    [
      "keeps a negation on a value",
      { b: { $not: { $gt: 1 } }, a: 1 },
      { kind: "rest", rest: { $not: { b: { $gt: 1 } } } },
    ],
    [
      "splits operators on one value",
      { b: { $gt: 1, $lt: 3 } },
      { kind: "rest", rest: { $and: [{ b: { $gt: 1 } }, { b: { $lt: 3 } }] } },
    ],
    ["does not wait for what is known to be missing", { "a.x": { $gt: 1 }, b: 2 }, { kind: "no_match" }],
    [
      "finds an error where nothing is known",
      { b: { $near: 1 } },
      { kind: "error", code: "unknown_operator", path: "/b/$near" },
    ],
  ];
  for (const [title, whole, expected] of tests) {
    it(title, () => {
      assert.deepEqual(
        evaluatePartially(whole, { a: 1 }, (path) => path.startsWith("a")),
        expected,
      );
    });
  }
});

describe("a trace", () => {
  it("gives the answer of the evaluation, for random conditions", () => {
    fc.assert(
      fc.property(condition, attributes, (whole, all) => {
        assert.deepEqual(
          traceCondition(whole, all, { groups }).result,
          evaluateCondition(whole, all, { groups }),
        );
      }),
    );
  });

  it("shows every clause with the value it saw, also after the answer is certain", () => {
    const whole = {
      $or: [{ "cart.total": { $gte: 50, $lt: 90 } }, { $not: { lang: "en" } }],
      seen: { $exists: false },
    };
    assert.deepEqual(traceCondition(whole, { cart: { total: 60 }, lang: "en" }), {
      result: { kind: "match" },
      clauses: [
        { path: "cart.total", operator: "$gte", operand: 50, seen: 60, matched: true },
        { path: "cart.total", operator: "$lt", operand: 90, seen: 60, matched: true },
        { path: "lang", operator: "$eq", operand: "en", seen: "en", matched: true },
        { path: "seen", operator: "$exists", operand: false, seen: undefined, matched: true },
      ],
    });
  });

  it("shows an operator on a list as one clause", () => {
    const whole = { list: { $elemMatch: { d: { $gt: 1 } } } };
    assert.deepEqual(traceCondition(whole, { list: [{ d: 1 }, { d: 2 }] }).clauses, [
      {
        path: "list",
        operator: "$elemMatch",
        operand: { d: { $gt: 1 } },
        seen: [{ d: 1 }, { d: 2 }],
        matched: true,
      },
    ]);
  });

  it("shows no clauses of a condition that cannot be used", () => {
    assert.deepEqual(traceCondition({ a: 1, b: { $near: 1 } }, { a: 1 }), {
      result: { kind: "error", code: "unknown_operator", path: "/b/$near" },
      clauses: [],
    });
  });
});
