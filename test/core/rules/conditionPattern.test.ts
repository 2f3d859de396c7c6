import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  compilePattern,
  MAX_PATTERN_CHARS,
} from "../../../packages/core/src/rules/condition/compilePattern.ts";
import { countTries } from "./countTries.ts";

function isAccepted(pattern: string): boolean {
  try {
    return compilePattern(pattern, "") instanceof RegExp;
  } catch (error) {
    assert.ok(error instanceof RangeError);
    assert.equal(error.message, "bad_operand");
    return false;
  }
}

/**
 * How many ways an accepted pattern may try at most, on `length` characters. Start and loops put at most `loops + 1` cuts into
 * the text, each at one of `length + 1` places, every other choice doubles; and each way has at most as many steps as the
 * pattern has parts. With 256 characters, 2 loops and 1 choice: below 2^22.4 ways.
 */
function mostTries(pattern: string, length: number): number {
  const loops = pattern.match(/[*+]|\{\d+,/g)?.length ?? 0;
  const choices = pattern.match(/[?|]/g)?.length ?? 0;
  let ways = 2 ** choices;
  for (let cut = 1; cut <= loops + 1; cut++) ways *= (length + cut) / cut;
  return ways * pattern.length;
}

describe("a pattern", () => {
  const written = [
    "", "^a", "b$", "^ab?$", "(Mobile|Tablet)", "-12-25$", "^/(de|en)/", "^/(de|en)/[^/]+/[^/]+$", "^/shop(/.*)?$", "utm_source=.*spring",
    "^\\d{4}-\\d{2}-\\d{2}$", "^\\d\\d\\d\\d-\\d\\d$", "(?:ab|a)(?:bc|c)$", "^(ab)+$", "a{2,}", "\\bsale\\b", "\\.", "[\\]a]+", "[*+?{|(]{2}", "\\*\\+\\?\\(",
    "coats|jackets|skirts|dresses|shoes|bags|hats|gloves", "^.*@example\\.com$", "[^]", "[]", "\\w+\\s\\w+", "]", "ü",
  ]; // prettier-ignore
  for (const pattern of written) {
    it(`may be what people write: ${JSON.stringify(pattern)}`, () => {
      assert.deepEqual(compilePattern(pattern, "i"), new RegExp(pattern, "i"));
    });
  }

  const refused: [why: string, pattern: unknown][] = [
    ["something else than text", 1],
    ["a syntax error", "/???***[)"],
    ["an open group", "(a"],
    ["a lone backslash", "a\\"],
    ["a back reference", "(a)\\1"],
    ["a named group", "(?<x>a)\\k<x>"],
    ["a look-ahead", "a(?=b)"],
    ["a negative look-ahead", "^(?!a)"],
    ["a look-behind", "(?<=a)b"],
    ["a negative look-behind", "(?<!a)b"],
    ["flags in a group", "(?i:a)"],
    ["more than 256 characters", "a".repeat(257)],
    ["three loops", ".*a.*b.*"],
    ["twelve choices", "a?".repeat(12)],
    ["long counts beside loops", "a*a*a{99}"],
    ["many counts", "\\d{9}\\d{9}\\d{9}\\d{9}"],
  ];
  for (const [why, pattern] of refused) {
    it(`is refused for ${why}`, () => assert.equal(isAccepted(pattern as string), false));
  }

  const bombs = [
    "^(a+)+$", "^(a|a)*$", "^(a|aa)+$", "^([a-zA-Z]+)*$", "(.*a){12}", "^(\\w+\\s?)*$", ".*.*.*=.*", ".*a.*b.*c", "(?:.*=.*)*;", "^(a?){30}a{30}$",
    "((a*)*)*b", "(x+x+)+y", "^(([a-z])+.)+[A-Z]([a-z])+$", "(a|b|ab)*c", "(?:a?){9}", "((a+))+", "(a+){9}", "(\\(a+)+", "([)]a+)+", "(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)",
    "a{0,9}a{0,9}a{0,9}", "(a{90}){90}",
  ]; // prettier-ignore
  for (const pattern of bombs) {
    it(`is refused when it can be pumped: ${pattern}`, () => assert.equal(isAccepted(pattern), false));
  }

  const worst = [
    "a*a*a?b", "a*a*(a|a)b", "a*a?a?a?a?a?a?b", "a*(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)b", "a?a?a?a?a?a?a?a?a?a?a?b", "(a*)?a*b", "(a+)?a+b",
    "(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)b", "a{1,99}a+b", "(aa)+a*b", "a*?a*?b",
  ]; // prettier-ignore
  for (const pattern of worst) {
    it(`tries no more than its cuts and choices allow: ${pattern}`, () => {
      assert.ok(isAccepted(pattern));
      const tries = countTries(pattern, "a".repeat(40));
      assert.ok(tries > 800, `${tries} tries: the pump does not pump`);
      assert.ok(tries <= mostTries(pattern, 40), `${tries} tries`);
    });
  }

  it("tries no more than its cuts and choices allow, whatever is accepted", () => {
    const { whole } = fc.letrec<{ whole: string; part: string }>((tie) => ({
      part: fc
        .tuple(
          fc.oneof(
            { maxDepth: 3 },
            fc.constantFrom("a", "b", "aa"),
            tie("whole").map((inner) => `(${inner})`),
          ),
          fc.constantFrom("", "", "?", "*", "+", "{2}", "{2,}"),
        )
        .map((both) => both.join("")),
      whole: fc
        .array(fc.array(tie("part"), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 2 })
        .map((ways) => ways.map((parts) => parts.join("")).join("|")),
    }));
    let accepted = 0;
    fc.assert(
      fc.property(whole, (pattern) => {
        if (!isAccepted(pattern)) return;
        accepted++;
        const tries = countTries(`(${pattern})c`, "a".repeat(24));
        // A count of `{2}` is two parts.
        assert.ok(tries <= 2 * mostTries(`(${pattern})c`, 24), `${tries} tries for ${pattern}`);
      }),
      { numRuns: 2_000 },
    );
    assert.ok(accepted > 200, `only ${accepted} accepted`);
  });

  it("is tried on as many characters as it may have itself", () => {
    assert.equal(MAX_PATTERN_CHARS, 256);
  });
});
