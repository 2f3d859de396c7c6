/** Tries a place; what comes after it is tried by `next`, and when that fails, the next way is. */
type Match = (at: number, next: (at: number) => boolean) => boolean;

/**
 * Counts the steps a backtracking engine takes to match `pattern` anywhere in `text`: the same on every machine, as no clock is.
 * Knows letters, groups, `|`, `*`, `+`, `?`, `{n}`, `{n,}`, `{n,m}` and the lazy forms (as greedy ones: a failure tries all).
 */
export function countTries(pattern: string, text: string): number {
  let tries = 0;
  let position = 0;

  const letter =
    (character: string): Match =>
    (at, next) => {
      tries++;
      return text[at] === character && next(at + 1);
    };
  const sequence = (parts: Match[]): Match =>
    parts.reduceRight<Match>(
      (rest, part) => (at, next) => part(at, (after) => rest(after, next)),
      (at, next) => next(at),
    );
  const repeat = (part: Match, least: number, most: number): Match => {
    const from =
      (count: number): Match =>
      (at, next) => {
        const more = (): boolean =>
          count < most && part(at, (after) => (after > at || count < least) && from(count + 1)(after, next));
        return more() || (count >= least && next(at));
      };
    return from(0);
  };
  const take = (token: RegExp): RegExpExecArray | null => {
    token.lastIndex = position;
    const found = token.exec(pattern);
    if (found) position = token.lastIndex;
    return found;
  };
  const alternatives = (): Match => {
    const ways: Match[] = [];
    do {
      const parts: Match[] = [];
      while (position < pattern.length && !/[|)]/.test(pattern[position]!)) parts.push(repeated());
      ways.push(sequence(parts));
    } while (take(/\|/y));
    return (at, next) => ways.some((way) => way(at, next));
  };
  const repeated = (): Match => {
    const isGroup = take(/\((?:\?:)?/y);
    const part = isGroup ? alternatives() : letter(take(/[^]/y)![0]);
    if (isGroup) take(/\)/y);
    const found = take(/(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/y);
    if (!found) return part;
    const [, sign, low, comma, high] = found;
    if (sign) return repeat(part, sign === "+" ? 1 : 0, sign === "?" ? 1 : Infinity);
    return repeat(part, Number(low), high ? Number(high) : comma ? Infinity : Number(low));
  };

  const match = alternatives();
  for (let start = 0; start <= text.length; start++) if (match(start, () => true)) break;
  return tries;
}
