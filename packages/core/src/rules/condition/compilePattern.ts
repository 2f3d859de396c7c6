/** Patterns are data from the wire: longer ones are refused. */
const MAX_PATTERN_CHARS = 256;
/** Bounds memory and time of a match: `(a{90}){90}` is short to write. */
const MAX_PARTS = 500;

/**
 * A state of the automaton: adds the states that may follow it at `at`, to `after` when it has used the character there,
 * else to `here`.
 */
type State = (text: string, at: number, here: Set<State>, after: Set<State>) => void;

/** Puts the states of a part of the pattern in front of the state `next`; returns the first of them. */
type Part = (next: State) => State;

/** Reaching it is the match. */
const matched: State = () => {};

/**
 * Compiles a regular expression for a yes or no answer in time linear in the text, whatever the pattern: all paths are
 * followed at once, none is tried again, so no pattern hangs the page. (A check for "safe" patterns in front of the
 * built-in engine either lets `.*a.*b.*c` through, which is cubic and worse, or refuses what people really write.)
 * Characters, classes and places mean what they mean in JavaScript: each is left to a `RegExp` of its own.
 * @returns the test, or `undefined` for what is no pattern, too large, or needs backtracking (back references, look-around).
 */
export function compilePattern(source: string, flags: "" | "i"): ((text: string) => boolean) | undefined {
  if (source.length > MAX_PATTERN_CHARS || !isPattern(source)) return undefined;
  const start = parsePattern(source, flags);
  return start && ((text) => runAutomaton(start, text));
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

function runAutomaton(start: State, text: string): boolean {
  let here = new Set<State>();
  for (let at = 0; at <= text.length; at++) {
    const after = new Set<State>();
    here.add(start);
    // A Set also visits what is added to it on the way, once each.
    for (const state of here) state(text, at, here, after);
    if (here.has(matched)) return true;
    here = after;
  }
  return false;
}

function parsePattern(source: string, flags: string): State | undefined {
  let position = 0;
  let parts = 0;

  const take = (token: RegExp): RegExpExecArray | null => {
    token.lastIndex = position;
    const found = token.exec(source);
    if (found) position = token.lastIndex;
    return found;
  };
  const alternatives = (): Part => {
    const first = sequence();
    if (!take(/\|/y)) return first;
    const others = alternatives();
    return (next) => {
      const other = others(next);
      return fork(first(next), () => other);
    };
  };
  const sequence = (): Part => {
    if (take(/$|(?=[|)])/y)) return (next) => next;
    const first = repeated(atom());
    const others = sequence();
    return (next) => first(others(next));
  };
  const repeated = (part: Part): Part => {
    const found = take(/(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/y);
    if (!found) return part;
    const [, sign, low, comma, high] = found;
    if (sign) return repeat(part, sign === "+" ? 1 : 0, sign === "?" ? 1 : Infinity);
    return repeat(part, Number(low), Number(high || (comma ? Infinity : low)));
  };
  const repeat =
    (part: Part, min: number, max: number): Part =>
    (next) => {
      let first = next;
      if (max === Infinity) {
        first = fork(next, () => body);
        const body = part(first);
      }
      // Copies count as parts: a group that holds nothing must not be copied a million times either.
      for (let i = max === Infinity ? min : max; i > 0 && parts++ < MAX_PARTS; i--) {
        const copy = part(first);
        first = i > min ? fork(next, () => copy) : copy;
      }
      return first;
    };
  const atom = (): Part => {
    if (take(/\((?:\?:)?(?!\?)/y)) {
      const group = alternatives();
      position++;
      return group;
    }
    const found = take(
      /([$^]|\\[bB])|\[(?:\\[^]|[^\\\]])*\]|\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|[dDwWsStnrfv]|0(?!\d)|[^\da-zA-Z])|[^\\([]/y,
    );
    if (!found) {
      // What is left needs a memory of the path (`\1`, `\k`, look-around) or is only tolerated by engines (`\q`).
      parts = Infinity;
      position = source.length;
    }
    return found ? step(new RegExp(found[0], `${flags}y`), found[1] !== undefined) : (next) => next;
  };
  const step =
    (token: RegExp, isPlace: boolean): Part =>
    (next) => {
      parts++;
      return (text, at, here, after) => {
        token.lastIndex = at;
        if (token.test(text)) (isPlace ? here : after).add(next);
      };
    };

  const start = alternatives()(matched);
  return parts > MAX_PARTS ? undefined : start;
}

/** `other` is asked for late, so that a loop can lead back to its fork. */
function fork(next: State, other: () => State): State {
  return (_text, _at, here) => {
    here.add(next).add(other());
  };
}
