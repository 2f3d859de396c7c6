import { createAutomaton, type Part } from "./automaton.ts";

/** Patterns are data from the wire: longer ones are refused. */
const MAX_PATTERN_CHARS = 256;

/**
 * Compiles a regular expression for a yes or no answer in time linear in the text, whatever the pattern: all paths are
 * followed at once, none is tried again, so no pattern hangs the page. (A check for "safe" patterns in front of the
 * built-in engine either lets `.*a.*b.*c` through, which is cubic and worse, or refuses what people really write.)
 * Characters, escapes and classes mean what they mean in JavaScript: each is left to a `RegExp` of its own.
 * @returns the test, or `undefined` for what is no pattern, too large, or needs backtracking (back references, look-around).
 */
export function compilePattern(source: string, flags: "" | "i"): ((text: string) => boolean) | undefined {
  if (source.length > MAX_PATTERN_CHARS || !isPattern(source)) return undefined;
  const { step, either, repeat, finish } = createAutomaton();
  let at = 0;
  let isRefused = false;

  const take = (token: RegExp): RegExpExecArray | null => {
    token.lastIndex = at;
    const found = token.exec(source);
    at += found ? found[0].length : 0;
    return found;
  };
  const alternatives = (): Part => {
    const first = sequence();
    return take(/\|/y) ? either(first, alternatives()) : first;
  };
  const sequence = (): Part => {
    const parts: Part[] = [];
    while (at < source.length && !/[|)]/.test(source[at]!)) parts.push(repeated(atom()));
    return (next) => parts.reduceRight((following, part) => part(following), next);
  };
  const repeated = (part: Part): Part => {
    const found = take(/(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/y);
    if (!found) return part;
    const [, sign, low, comma, high] = found;
    if (sign) return repeat(part, sign === "+" ? 1 : 0, sign === "?" ? 1 : Infinity);
    return repeat(part, Number(low), Number(high || (comma ? Infinity : low)));
  };
  const atom = (): Part => {
    if (take(/\((?:\?:)?(?!\?)/y)) {
      const group = alternatives();
      at++;
      return group;
    }
    const place = take(/[$^]|\\[bB]/y)?.[0];
    if (place) return step(PLACES[place]!, false);
    const character = take(
      /\[(?:\\[^]|[^\\\]])*\]|\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|[dDwWsStnrfv]|0(?!\d)|[^\da-zA-Z])|[^\\([]/y,
    )?.[0];
    // What is left needs a memory of the path (`\1`, `\k`, look-around) or is only tolerated by engines (`\q`).
    if (!character) {
      isRefused = true;
      at = source.length;
    }
    const one = new RegExp(`^${character}$`, flags);
    return step((text, here) => here < text.length && one.test(text[here]!), true);
  };

  const whole = alternatives();
  return isRefused ? undefined : finish(whole);
}

/** The syntax is checked by the engine itself, so the parser only has to look for what it refuses on purpose. */
function isPattern(source: string): boolean {
  try {
    return Boolean(new RegExp(source));
  } catch {
    // The one expected error: SyntaxError.
    return false;
  }
}

const PLACES: Record<string, (text: string, at: number) => boolean> = {
  "^": (_, at) => at === 0,
  $: (text, at) => at === text.length,
  "\\b": isBorder,
  "\\B": (text, at) => !isBorder(text, at),
};

function isBorder(text: string, at: number): boolean {
  return isWord(text[at - 1]) !== isWord(text[at]);
}

function isWord(character = ""): boolean {
  return /\w/.test(character);
}
