import fc from "fast-check";
import { answer, type CaseText } from "./answer.ts";

/** A case, and what Node answers. */
export interface AnsweredCase {
  text: CaseText;
  expected: string;
}

const SEED = 20_261_123;

/** Values of a shop, and values on which engines could disagree: cases, signs, digits, edges of numbers. */
const SCALARS = [
  ...[null, true, false, "", " ", "0", "1", "10", "9", "-1", "1e3", "0x10", "true", "null"],
  ...[
    "skirts",
    "Skirts",
    "SKIRTS",
    "straße",
    "STRASSE",
    "İstanbul",
    "istanbul",
    "ſ",
    "K",
    "ß",
    "é",
    "e\u0301",
  ],
  ...[
    "👗",
    "\ud83d",
    "日本",
    "\u2028",
    "a\nb",
    "2026-11-02",
    "2026-11-02T10:00:00Z",
    "v1.2.3",
    "1.2.3-rc.1",
    "1.10.0",
  ],
  ...["01", "1.", ".5", "Infinity", "NaN", "__proto__", "constructor", "length", "toString"],
  ...[
    0,
    1,
    -1,
    2,
    9,
    10,
    0.1,
    0.30000000000000004,
    1e21,
    1e-7,
    5e-324,
    1.7976931348623157e308,
    2 ** 53,
    2 ** 53 + 2,
  ],
];
const NAMES = [
  "profile",
  "session",
  "page",
  "cart",
  "count",
  "category",
  "id",
  "0",
  "length",
  "__proto__",
  "a",
  "$groups",
];
const PATTERNS = [
  ...[
    "^skirts$",
    "^/c/\\w+/",
    "\\d{2,4}",
    "(a|b)",
    "[a-zß]",
    "é",
    "^.$",
    "\\bskirts\\b",
    "\\u{1F457}",
    "[^\\s]+",
    "K",
    "ſ",
  ],
  ...["(", "[", "a{2,1}", "(?=a)", "\\1", "(a+)+", "", "\\s", "$^", "[\\d-x]", "i̇", "s?t?r?"],
];
const COMPARING = [
  "$eq",
  "$ne",
  "$lt",
  "$lte",
  "$gt",
  "$gte",
  "$veq",
  "$vne",
  "$vlt",
  "$vlte",
  "$vgt",
  "$vgte",
];

const scalar = fc.constantFrom(...SCALARS);
const name = fc.constantFrom(...NAMES);
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((steps) => steps.join("."));
const { value } = fc.letrec<{ value: unknown; list: unknown[] }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { arbitrary: scalar, weight: 6 },
    { arbitrary: tie("list"), weight: 2 },
    { arbitrary: fc.dictionary(name, tie("value"), { maxKeys: 3, noNullPrototype: true }), weight: 2 },
  ),
  list: fc.array(tie("value"), { maxLength: 4 }),
}));
const list = fc.array(scalar, { maxLength: 4 });

/** One operator with an operand: mostly one it can use. */
const operator = (nested: fc.Arbitrary<unknown>): fc.Arbitrary<[string, unknown]> =>
  fc.oneof(
    { arbitrary: fc.tuple(fc.constantFrom(...COMPARING), scalar), weight: 5 },
    {
      arbitrary: fc.tuple(fc.constantFrom("$in", "$nin", "$ini", "$nini", "$all", "$alli"), list),
      weight: 4,
    },
    {
      arbitrary: fc.tuple(
        fc.constantFrom("$regex", "$regexi", "$notRegex", "$notRegexi"),
        fc.constantFrom(...PATTERNS),
      ),
      weight: 3,
    },
    { arbitrary: fc.tuple(fc.constant("$exists"), fc.boolean()), weight: 2 },
    {
      arbitrary: fc.tuple(
        fc.constant("$type"),
        fc.constantFrom("null", "array", "object", "string", "number", "boolean"),
      ),
      weight: 1,
    },
    {
      arbitrary: fc.tuple(fc.constantFrom("$inGroup", "$notInGroup"), fc.constantFrom("vip", "none")),
      weight: 1,
    },
    { arbitrary: fc.tuple(fc.constantFrom("$size", "$elemMatch", "$not"), nested), weight: 3 },
    {
      arbitrary: fc.tuple(fc.constantFrom(...COMPARING, "$in", "$regex", "$size", "$gtt"), value),
      weight: 1,
    },
  );

const { condition } = fc.letrec<{ condition: unknown; test: unknown }>((tie) => ({
  test: fc.oneof(
    { depthSize: "small" },
    { arbitrary: value, weight: 2 },
    {
      arbitrary: fc
        .array(operator(tie("test")), { minLength: 1, maxLength: 2 })
        .map((entries) => Object.fromEntries(entries)),
      weight: 5,
    },
  ),
  condition: fc.oneof(
    { depthSize: "small" },
    {
      arbitrary: fc.dictionary(path, tie("test"), { minKeys: 1, maxKeys: 2, noNullPrototype: true }),
      weight: 6,
    },
    {
      arbitrary: fc
        .tuple(fc.constantFrom("$and", "$or", "$nor"), fc.array(tie("condition"), { maxLength: 3 }))
        .map(([name, inner]) => ({ [name]: inner })),
      weight: 2,
    },
    { arbitrary: tie("condition").map((inner) => ({ $not: inner })), weight: 1 },
  ),
}));

const attributes = fc.dictionary(name, value, { minKeys: 3, maxKeys: 8, noNullPrototype: true });
/** Shares as merchants write them, and at the very edges of places. */
const share = fc.oneof(
  fc.constantFrom(0.05, 0.1, 0.3, 0.5, 0.9, 1),
  fc.integer({ min: 1, max: 10_000 }).map((places) => places / 10_000),
  fc.double({ min: Number.MIN_VALUE, max: 1, noNaN: true }),
);
const split = fc.record({
  rule: fc.stringMatching(/^[A-Za-z0-9][\w.-]{0,20}$/),
  // Ids of our own, and what a foreign client may call its visitors.
  targetingKey: fc.oneof(fc.stringMatching(/^d_[\w-]{43}$/), fc.string({ unit: "binary" })),
  ramp: share,
  holdout: share,
});
const cases = fc
  .record({ condition, attributes, groups: fc.record({ vip: list }), split })
  .map((one) => JSON.stringify(one));

/** Generates cases, the same at each call, and answers them here. */
export function generateCases(count: number): AnsweredCase[] {
  return fc.sample(cases, { numRuns: count, seed: SEED }).map((text) => ({ text, expected: answer(text) }));
}
