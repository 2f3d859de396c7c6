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
/** Zones whose clocks every engine of these years knows: changed twice a year, by half an hour, never; across the date line; none. */
const ZONES = [
  ...["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Kiritimati"],
  ...["Pacific/Pago_Pago", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "UTC"],
];
const day = fc.integer({ min: 0, max: 9_000 }).map((days) => Date.UTC(2001, 0, 1) + days * 86_400_000);
const timeTest = fc.oneof(
  fc.record({ fact: fc.constant("hour"), test: hourTest(23) }),
  fc.record({ fact: fc.constant("weekday"), test: hourTest(7) }),
  fc.record({
    fact: fc.constant("date"),
    test: fc.tuple(fc.constantFrom("$gte", "$lt"), day).map(([name, at]) => ({ [name]: dateOf(at) })),
  }),
);
const timeCondition = fc
  .tuple(fc.constantFrom(...ZONES, "local", "Europe/Atlantis"), timeTest)
  .map(([zone, { fact, test }]) => ({ [`time.${zone}.${fact}`]: test }));
const CHANNELS = ["web", "app", "store", "pos"];
const REGIONS = ["DE-BY", "DE-BW", "PL-30", "GB-ENG"];
const COUNTRIES = ["DE", "PL", "GB"];
/** What a place is asked for, right and wrong, and whether it is known at all. */
const placeTest = (values: string[]) =>
  fc.oneof(
    fc.constantFrom(...values, "", "de"),
    fc.record({ $in: fc.uniqueArray(fc.constantFrom(...values), { maxLength: 3 }) }),
    fc.record({ $nin: fc.uniqueArray(fc.constantFrom(...values), { maxLength: 3 }) }),
    fc.record({ $ne: fc.constantFrom(...values) }),
    fc.record({ $exists: fc.boolean() }),
  );
const placeCondition = fc.oneof(
  placeTest(CHANNELS).map((test) => ({ channel: test })),
  placeTest(COUNTRIES).map((test) => ({ "geo.country": test })),
  placeTest(REGIONS).map((test) => ({ "geo.region": test })),
);
const momentCondition = fc.oneof(
  { arbitrary: timeCondition, weight: 2 },
  { arbitrary: placeCondition, weight: 1 },
);
const moment = fc.record({
  when: fc.oneof(
    momentCondition,
    fc
      .tuple(
        fc.constantFrom("$and", "$or", "$nor"),
        fc.array(momentCondition, { minLength: 2, maxLength: 3 }),
      )
      .map(([name, parts]) => ({ [name]: parts })),
  ),
  channel: fc.constantFrom(...CHANNELS, undefined),
  geo: fc.oneof(
    fc.constant(undefined),
    fc.constantFrom(...COUNTRIES).map((country) => ({ country })),
    fc.constantFrom(...REGIONS).map((region) => ({ country: region.slice(0, 2), region })),
  ),
  // Half of them at the edges of hours.
  now: fc.oneof(
    fc.integer({ min: Date.UTC(2001, 0, 1), max: Date.UTC(2025, 0, 1) }),
    fc
      .tuple(day, fc.integer({ min: 0, max: 95 }), fc.constantFrom(-1, 0, 1))
      .map(([at, quarters, ms]) => at + quarters * 900_000 + ms),
  ),
  timeZone: fc.constantFrom(...ZONES),
});

function hourTest(max: number): fc.Arbitrary<unknown> {
  const value = fc.integer({ min: 0, max });
  return fc.oneof(
    value,
    fc.tuple(fc.constantFrom("$gte", "$lt"), value).map(([name, one]) => ({ [name]: one })),
    fc.uniqueArray(value, { minLength: 1, maxLength: 8 }).map((values) => ({ $in: values })),
  );
}

const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

const cases = fc
  .record({ condition, attributes, groups: fc.record({ vip: list }), split, moment })
  .map((one) => JSON.stringify(one));

/** Generates cases, the same at each call, and answers them here. */
export function generateCases(count: number): AnsweredCase[] {
  return fc.sample(cases, { numRuns: count, seed: SEED }).map((text) => ({ text, expected: answer(text) }));
}
