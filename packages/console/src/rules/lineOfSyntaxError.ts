const WHITE = /[ \t\r\n]*/y;
const SCALAR =
  /"(?:[^"\\\n]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/**
 * The line (from 1) of the first place at which a text stops being JSON; undefined for JSON.
 * `JSON.parse` does not say it: what its message holds differs between browsers and with the length of the text.
 */
export function lineOfSyntaxError(text: string): number | undefined {
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  /** A control character may not stand in a string; a line break is what a forgotten quote leads to. */
  const scalar = (): boolean => {
    const start = at;
    const token = take(SCALAR);
    const control = Array.from(token ?? "").findIndex((character) => character < " ");
    if (control >= 0) at = start + control;
    return token !== undefined && control < 0;
  };
  const next = (character: string): boolean => {
    take(WHITE);
    if (text[at] !== character) return false;
    at++;
    return true;
  };
  /** Reads members up to the closing bracket; false where it is stuck. */
  const members = (close: string, member: () => boolean): boolean => {
    if (next(close)) return true;
    do {
      if (!member()) return false;
    } while (next(","));
    return next(close);
  };
  const key = (): boolean => {
    take(WHITE);
    return text[at] === '"' && scalar() && next(":");
  };
  const value = (): boolean => {
    if (next("{")) return members("}", () => key() && value());
    if (next("[")) return members("]", value);
    return scalar();
  };
  const isRead = value();
  take(WHITE);
  if (isRead && at === text.length) return undefined;
  return text.slice(0, at).split("\n").length;
}
