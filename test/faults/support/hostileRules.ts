import { MAX_RULESET_CHARS, type Rule } from "@vitrine/core";
import { PLACEMENT } from "./rulesShop.ts";

/** What a rule that means harm is made of, over one that is as it should be. */
export type HostileRules = [what: string, rules: () => object[]];

/** Patterns that have hung other engines; each is tried on the longest text that a pattern is tried on. */
const PATTERNS = [
  "(a+)+$",
  "(a|aa)+$",
  "(a|a?)+$",
  "(.*a){20}$",
  "([a-zA-Z]+)*$",
  "^(([a-z])+.)+[A-Z]([a-z])+$",
  "(x+x+)+y",
  "(?=(a+))a*b\\1",
  "(a*)*b",
  "a*a*a*a*a*a*b",
  ".*.*.*=.*",
  "a{1,99}a{1,99}a{1,99}b",
  `${"a?".repeat(60)}${"a".repeat(60)}`,
  `${"(".repeat(120)}a${")*".repeat(120)}b`,
  "(\\w+\\s?)*$",
  "^(a?){99}a{99}$",
  "(?:a|b|ab)*c",
  "[^]*[^]*[^]*b",
  "a".repeat(100_000),
  "(",
];

/** A value in so many layers. */
const nested = (layers: number, wrap: (inner: unknown) => unknown, core: unknown = { a: 1 }) => {
  let value = core;
  for (let i = 0; i < layers; i++) value = wrap(value);
  return value;
};

const when = (condition: unknown) => () => [{ when: condition }];

/** The address that patterns are tried on. */
export const LONG_QUERY = `q=${"a".repeat(255)}!`;

/** More than a page takes. */
const MANY = 100_000;

/** What stands around the one thing that is long, and around each rule of its own. */
const AROUND_ALL = 2_000;
const AROUND_RULE = 120;

/** As many as a page takes. */
function asManyAsFit<T>(make: (at: number) => T, around = 0): T[] {
  const all: T[] = [];
  for (let chars = AROUND_ALL; ;) {
    const one = make(all.length);
    chars += JSON.stringify(one).length + 1 + around;
    if (chars > MAX_RULESET_CHARS) return all;
    all.push(one);
  }
}

const CONDITIONS: HostileRules[] = [
  ...PATTERNS.map((pattern): HostileRules => [
    `the pattern ${pattern.slice(0, 30)}`,
    when({ "page.query.q": { $regex: pattern } }),
  ]),
  ["conditions in 1000 $and", when(nested(1000, (inner) => ({ $and: [inner] })))],
  ["conditions in 1000 $not", when(nested(1000, (inner) => ({ $not: inner })))],
  [
    "conditions in 1000 $elemMatch",
    when({ "profile.recent": nested(1000, (inner) => ({ $elemMatch: inner })) }),
  ],
  ["conditions in 14 $nor of two", when(nested(14, (inner) => ({ $nor: [inner, inner] })))],
  ["conditions in 13 $nor of two", when(nested(13, (inner) => ({ $nor: [inner, inner] })))],
  [`${MANY} conditions in one $or`, when({ $or: Array.from({ length: MANY }, (_, a) => ({ a })) })],
  ["an $or of all that fits", when({ $or: asManyAsFit((a) => ({ a })) })],
  ["a condition of all that fits", when(Object.fromEntries(asManyAsFit((at) => [`a${at}`, at] as const)))],
  [`a list of ${MANY}`, when({ "page.path": { $in: Array.from({ length: MANY }, (_, a) => `/${a}`) } })],
  ["a path of 10000 steps", when({ ["a.".repeat(10_000)]: 1 })],
  ["a path to a prototype", when({ "profile.__proto__.constructor.name": "Object" })],
  ["an unknown operator", when({ "page.path": { $where: "while(1);" } })],
  ["a group of itself", when({ "page.path": { $inGroup: "__proto__" } })],
  ["an operand of no type", when({ "page.path": { $size: { $size: { $size: null } } } })],
  ...[null, [], "x", 5, true, { $or: 5 }, { $and: null }, { $not: null }].map((odd): HostileRules => [
    `the condition ${JSON.stringify(odd)}`,
    when(odd),
  ]),
];

const text = (en: string) => () => [{ action: { type: "message", text: { en } } }];

const experimentOf = (variants: string[]) => ({
  experiment: { key: "many", weights: variants.map(() => 1 / MANY), variants },
});

const ruleOf = (at: number) => ({ id: `r${at}`, when: { a: at } });

const SHAPES: HostileRules[] = [
  ["a text of a megabyte", text("x".repeat(1e6))],
  ["a text of all that fits", text("x y ".repeat((MAX_RULESET_CHARS - AROUND_ALL) / 4))],
  [`${MANY} places in a text`, text("{count}".repeat(MANY))],
  ["places in a text of all that fits", text("{count}".repeat((MAX_RULESET_CHARS - AROUND_ALL) / 7))],
  ["no action", () => [{ action: null }]],
  ["an action of a later version", () => [{ action: { type: "dance" } }]],
  ["an action called __proto__", () => [{ action: { type: "__proto__" } }]],
  ["an action called constructor", () => [{ action: { type: "constructor" } }]],
  ["texts that are none", () => [{ action: { type: "message", text: [1, null, {}] } }]],
  ["a limit that is none", () => [{ action: { type: "continueCategory", limit: -1e308 } }]],
  ["a schedule of no dates", () => [{ schedule: { from: "never", to: {} } }]],
  ["a schedule of the year 275760", () => [{ schedule: { from: "+275760-09-13T00:00:00.000Z" } }]],
  ["a cap that is none", () => [{ cap: { per: "second", max: "many" } }]],
  ["weights that are none", () => [{ experiment: { key: {}, weights: [NaN, -1, "x"], variants: null } }]],
  [`${MANY} variants`, () => [experimentOf(Array.from({ length: MANY }, (_, at) => `v${at}`))]],
  ["variants of all that fits", () => [experimentOf(asManyAsFit((at) => `v${at}`, `${1 / MANY},`.length))]],
  ["purposes that are none", () => [{ purposes: "x" }, { purposes: [null, {}] }]],
  ["a priority that is none", () => [{ priority: "first" }, { priority: {} }, { priority: null }]],
  ["a name of a megabyte", () => [{ id: "x".repeat(1e6), when: { a: 1 } }]],
  ["no rules at all among the rules", () => [null, 5, "x", [], {}] as unknown as object[]],
  ["10000 rules", () => Array.from({ length: 10_000 }, (_, at) => ruleOf(at))],
  ["rules of all that fits", () => asManyAsFit(ruleOf, AROUND_RULE)],
  [
    "1000 rules of patterns",
    () =>
      Array.from({ length: 1000 }, (_, at) => ({
        id: `p${at}`,
        when: { "page.query.q": { $regex: `^(a|b)*${at}$` } },
      })),
  ],
  ["rules of one name", () => Array.from({ length: 100 }, () => ({ id: "same", when: { a: 1 } }))],
];

export const HOSTILE_RULES: readonly HostileRules[] = [...CONDITIONS, ...SHAPES];

/** What is hostile in them, in rules that would be shown before all others. */
export const rulesOf = ([, make]: HostileRules): Rule[] =>
  make().map((odd, at) =>
    typeof odd === "object" && odd !== null && Object.keys(odd)[0] !== undefined
      ? {
          id: `hostile-${at}`,
          placement: PLACEMENT,
          priority: 9,
          purposes: [],
          action: { type: "message", text: { en: "Hostile" } },
          ...odd,
        }
      : (odd as Rule),
  );
