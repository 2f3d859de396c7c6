import type { Json } from "../../json.ts";

/** Longest pattern, and longest text that a pattern is tried on. */
export const MAX_PATTERN_CHARS = 256;

/**
 * How often a match may choose. `?` and `|` choose between two ways and count once. `*`, `+`, `{n,m}` choose between as many
 * as the text has characters, and count 5: start and two loops cut 256 characters in 256³/6 ways, 2^21.4. `{n}` has no choice,
 * but is slow: 3. So the worst that passes tries 2^22.4 ways (measured: 0.2 s on its first run); what people write takes
 * microseconds.
 */
const MAX_CHOICES = 11;

/**
 * Compiles a regular expression that cannot hang a page.
 * @throws RangeError `bad_operand` for what is no pattern, is too long, needs a memory of the path (back references,
 * look-around), repeats what itself chooses, or chooses too often.
 */
export function compilePattern(source: Json, flags: string): RegExp {
  if (typeof source === "string" && source.length <= MAX_PATTERN_CHARS && isCheap(source)) {
    try {
      return new RegExp(source, flags);
    } catch {
      // SyntaxError: no pattern.
    }
  }
  throw new RangeError("bad_operand");
}

function isCheap(source: string): boolean {
  // Escapes and classes become plain characters: every sign that is left is syntax. A back reference keeps its `\`.
  const signs = source.replace(/\\[^1-9k]|\[(\\[^]|[^\\\]])*\]/g, "_").replace(/\(\?:/g, "(");
  const choices = signs
    .replace(/\{\d\}/g, "???")
    .replace(/[*+{]\??/g, "?????")
    .replace(/[^?|]/g, "");
  // Parentheses cannot be paired by a pattern, so a few harmless ones are refused too: `(a|b)c(d)+`.
  return !/\\|\(\?|\(.*[*+?{|].*\)[*+{]/s.test(signs) && choices.length <= MAX_CHOICES;
}
