/**
 * Finds the line (from 1) on which each value of a JSON text begins, by JSON pointer.
 * The text must be valid JSON; the editor asks only once it parses.
 */
export function jsonLines(text: string): Map<string, number> {
  const lines = new Map<string, number>();
  let at = 0;
  let line = 1;

  const skip = () => {
    for (; at < text.length && /[\s,:]/.test(text[at]!); at++) if (text[at] === "\n") line++;
  };
  const scalar = () => {
    const [token = ""] = /^(?:"(?:[^"\\]|\\.)*"|[^\s,:\]}]+)/.exec(text.slice(at, at + 20_000)) ?? [];
    at += Math.max(1, token.length);
    return token;
  };
  const value = (pointer: string) => {
    skip();
    lines.set(pointer, line);
    const open = text[at];
    if (open !== "{" && open !== "[") {
      scalar();
      return;
    }
    at++;
    for (let index = 0; ; index++) {
      skip();
      if (at >= text.length || text[at] === "}" || text[at] === "]") break;
      const key = open === "{" ? (JSON.parse(scalar()) as string) : String(index);
      value(`${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`);
    }
    at++;
  };
  value("");
  return lines;
}

/** The line of a pointer, or of the nearest place above it that exists: what is missing has no line of its own. */
export function lineOf(lines: ReadonlyMap<string, number>, pointer: string): number {
  for (let path = pointer; ; path = path.slice(0, path.lastIndexOf("/"))) {
    const line = lines.get(path);
    if (line !== undefined) return line;
    if (path === "") return 1;
  }
}
