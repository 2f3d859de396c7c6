import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { compilePattern } from "../../../packages/core/src/rules/condition/compilePattern.ts";

const subjects = [
  "",
  "a",
  "b",
  "ab",
  "aab",
  "abb",
  "abc",
  "aaaa",
  "ABC",
  "a.b",
  "a b",
  "foo-bar",
  "\n",
  "a\nb",
  "1980-12-25",
  "/shop/skirts?utm_source=x",
  "ünï",
  "x{2}",
  "ä😀b",
  "_",
  "]}",
];
const patterns = [
  "", "a", "^a", "b$", "^$", "^ab?$", "a+b*", "(a|b)+c", "(?:ab|a)(?:bc|c)$", "^(a+)+$", "(a*)*b", "(|a)+", "a{2}", "a{2,}", "^a{1,3}$", "a{0}b",
  "x{2}", "a{,2}", "a{", "]", "}", "[abc]+", "[^abc]", "[a-c]{2}", "[\\]a]", "[]", "[^]", "\\d{4}-\\d\\d", "\\w+@?", "\\s", "\\S+", "\\D", "\\W", "\\.", "\\/",
  "\\bab\\b", "\\Bb", "\\Ba\\B", "a.b", ".", "^.*$", "\\x61", "\\u0061b", "\\n", "\\0", "[\\b]", "\\-", "\\_", "a*?b", "a+?", "a??", "(a?){3}", "((a|b)c?)*$", "-12-25$",
  "utm_source=.*", "a|b|", "^a|b$", "(^a|b$)", "(^|a)b", "a($|b)", "(?:)*a", "(){9}a", "ä", "ï",
]; // prettier-ignore

/** Texts of `count` times the part that makes a backtracking engine try again, and one character that spoils it. */
const pumps: [pattern: string, pump: string, end: string][] = [
  ["^(a+)+$", "a", "!"],
  ["^(a|a)*$", "a", "!"],
  ["^(a|aa)+$", "a", "!"],
  ["^([a-zA-Z]+)*$", "a", "!"],
  ["(.*a){12}", "a", "!"],
  ["^(\\w+\\s?)*$", "a ", "!"],
  [".*.*.*=.*", "x", ""],
  [".*a.*b.*c", "ab", ""],
  ["(?:.*=.*)*;", "x=", ""],
  ["^(a?){30}a{30}$", "a", "!"],
  ["((a*)*)*b", "a", ""],
  ["(x+x+)+y", "x", ""],
  ["^(([a-z])+.)+[A-Z]([a-z])+$", "a", ""],
  ["\\s+$", " ", "x"],
];

describe("a pattern", () => {
  for (const pattern of patterns) {
    it(`answers as RegExp does: ${JSON.stringify(pattern)}`, () => {
      for (const flags of ["", "i"] as const) {
        const matches = compilePattern(pattern, flags);
        assert.ok(matches, "refused");
        const expected = new RegExp(pattern, flags);
        for (const subject of subjects) {
          assert.equal(
            matches(subject),
            expected.test(subject),
            `${JSON.stringify(subject)} with flags "${flags}"`,
          );
        }
      }
    });
  }

  it("answers as RegExp does, for random patterns and texts", () => {
    const { whole } = fc.letrec<{ whole: string; part: string }>((tie) => ({
      part: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        fc.constantFrom("a", "b", ".", "[ab]", "[^a]", "\\w", "\\b", "^", "$"),
        fc
          .tuple(tie("whole"), fc.constantFrom("", "?", "*", "+", "{2}", "{0,2}", "{1,}", "*?"))
          .map(([inner, times]) => `(${inner})${times}`),
        fc
          .tuple(
            fc.constantFrom("a", "b", ".", "[^b]"),
            fc.constantFrom("?", "*", "+", "{2}", "{,2}", "{1,2}"),
          )
          .map((both) => both.join("")),
      ),
      whole: fc
        .array(fc.array(tie("part"), { maxLength: 3 }), { minLength: 1, maxLength: 3 })
        .map((alternatives) => alternatives.map((parts) => parts.join("")).join("|")),
    }));
    const text = fc.string({ unit: fc.constantFrom("a", "b", "A", " ", "{"), maxLength: 8 });
    let matched = 0;
    fc.assert(
      fc.property(whole, fc.array(text, { minLength: 5, maxLength: 5 }), (pattern, texts) => {
        fc.pre(pattern.length <= 60);
        const matches = compilePattern(pattern, "");
        if (!matches) return;
        const expected = new RegExp(pattern);
        for (const one of texts) {
          assert.equal(matches(one), expected.test(one), `/${pattern}/ on ${JSON.stringify(one)}`);
          matched += Number(expected.test(one));
        }
      }),
      { numRuns: 2_000 },
    );
    assert.ok(matched > 500, `only ${matched} matches`);
  });

  for (const [pattern, pump, end] of pumps) {
    it(`costs twice as much for twice the text: ${pattern}`, (test) => {
      const matches = compilePattern(pattern, "")!;
      assert.ok(matches, "refused");
      // How often the engine is asked about one character or place is the work of a match, whatever the machine.
      const asked = test.mock.method(RegExp.prototype, "test").mock;
      const cost = (count: number): number => {
        asked.resetCalls();
        matches(pump.repeat(count) + end);
        return asked.callCount();
      };
      const [once, twice] = [cost(200), cost(400)];
      assert.ok(once > 100, `${once} steps: the pump does not pump`);
      assert.ok(twice < 2.2 * once, `${once} steps became ${twice}`);
    });
  }

  const refused: [why: string, pattern: string][] = [
    ["a syntax error", "/???***[)"],
    ["an open group", "(a"],
    ["a back reference", "(a)\\1"],
    ["a named group", "(?<x>a)\\k<x>"],
    ["a look-ahead", "a(?=b)"],
    ["a negative look-ahead", "^(?!a)"],
    ["a look-behind", "(?<=a)b"],
    ["a negative look-behind", "(?<!a)b"],
    ["flags in a group", "(?i:a)"],
    ["an escape without a meaning", "\\q"],
    ["a property class, which needs another flag", "\\p{L}"],
    ["an octal escape", "\\01"],
    ["more than 256 characters", "a".repeat(257)],
    ["too many copies", "(a{90}){90}"],
    ["too many copies of nothing", "((((){999}){999}){999}){999}"],
    ["a very large count", "a{1,9999999999}"],
  ];
  for (const [why, pattern] of refused) {
    it(`is refused for ${why}`, () => assert.equal(compilePattern(pattern, ""), undefined));
  }
});
