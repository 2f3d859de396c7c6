/** A grammar in ABNF (RFC 5234, with RFC 7405's `%s`), as far as GS1's grammars use it: matches texts and makes them. */
export interface Grammar {
  /** Tells whether the whole text is an instance of that rule. */
  matches(rule: string, text: string): boolean;
  /** Makes an instance of that rule; `random` gives numbers in 0..1. */
  generate(rule: string, random: () => number): string;
}

type Node =
  | { kind: "any"; of: Node[] }
  | { kind: "all"; of: Node[] }
  | { kind: "repeat"; of: Node; min: number; max: number }
  | { kind: "text"; text: string; exact: boolean }
  | { kind: "range"; from: number; to: number }
  | { kind: "rule"; name: string };

/** Longest run that is made where the grammar sets no bound. */
const UNBOUNDED_RUN = 6;

const TOKEN =
  /\s+|;.*|(%s)?"([^"]*)"|'([^']*)'|%x([0-9A-F]+)(?:-([0-9A-F]+))?|(\d*\*\d*|\d+)|([A-Za-z][\w-]*)|([/()[\]])/gy;

/** Reads a grammar; a rule goes on over lines that are indented, or begin within it. */
export function parseAbnf(source: string): Grammar {
  const rules = new Map<string, Node>();
  for (const rule of source.split(/^(?=[A-Za-z][\w-]*\s*=)/m)) {
    const [, name, body] = /^([A-Za-z][\w-]*)\s*=([^]*)$/.exec(rule) ?? [];
    if (name) rules.set(name, parseBody(body!));
  }
  const ruleOf = (name: string): Node => {
    const found = rules.get(name);
    if (!found) throw new Error(`The grammar has no rule ${name}.`);
    return found;
  };
  return {
    matches: (rule, text) => endsOf(ruleOf(rule), text, 0, ruleOf).has(text.length),
    generate: (rule, random) => make(ruleOf(rule), random, ruleOf),
  };
}

function parseBody(body: string): Node {
  const found = [...body.matchAll(TOKEN)];
  if (found.reduce((sum, [text]) => sum + text.length, 0) < body.length)
    throw new Error(`Cannot read the grammar's ${body}`);
  const tokens = found.filter(([text]) => !/^[\s;]/.test(text));
  let at = 0;
  const isNext = (...marks: string[]) => marks.includes(tokens[at]?.[8] ?? "");

  function alternatives(): Node {
    const of = [sequence()];
    while (isNext("/")) {
      at++;
      of.push(sequence());
    }
    return { kind: "any", of };
  }
  function sequence(): Node {
    const of: Node[] = [];
    while (at < tokens.length && !isNext("/", ")", "]")) of.push(element());
    return { kind: "all", of };
  }
  function element(): Node {
    const [, exact, text, quoted, from, to, times, name, mark] = tokens[at++]!;
    if (text !== undefined) return { kind: "text", text, exact: exact !== undefined };
    if (quoted !== undefined) return { kind: "text", text: quoted, exact: true };
    if (from) return { kind: "range", from: Number.parseInt(from, 16), to: Number.parseInt(to ?? from, 16) };
    if (name) return { kind: "rule", name };
    if (times) {
      const [min, max = min] = times.split("*");
      return {
        kind: "repeat",
        of: element(),
        min: Number(min),
        max: max === "" ? Number.POSITIVE_INFINITY : Number(max),
      };
    }
    const inner = alternatives();
    at++;
    return mark === "[" ? { kind: "repeat", of: inner, min: 0, max: 1 } : inner;
  }
  return alternatives();
}

/** Every place at which the node can end when it begins there. */
function endsOf(node: Node, text: string, at: number, ruleOf: (name: string) => Node): Set<number> {
  switch (node.kind) {
    case "any":
      return new Set(node.of.flatMap((one) => [...endsOf(one, text, at, ruleOf)]));
    case "all": {
      let ends = new Set([at]);
      for (const one of node.of)
        ends = new Set([...ends].flatMap((end) => [...endsOf(one, text, end, ruleOf)]));
      return ends;
    }
    case "repeat":
      return endsOfRepeat(node, text, at, ruleOf);
    case "text": {
      const found = text.slice(at, at + node.text.length);
      const same = node.exact ? found === node.text : found.toLowerCase() === node.text.toLowerCase();
      return new Set(same ? [at + node.text.length] : []);
    }
    case "range": {
      const code = text.charCodeAt(at);
      return new Set(code >= node.from && code <= node.to ? [at + 1] : []);
    }
  }
  return endsOf(ruleOf(node.name), text, at, ruleOf);
}

function endsOfRepeat(
  { of, min, max }: Node & { kind: "repeat" },
  text: string,
  at: number,
  ruleOf: (name: string) => Node,
): Set<number> {
  const ends = new Set(min === 0 ? [at] : []);
  let last = new Set([at]);
  for (let times = 1; times <= max && last.size > 0; times++) {
    last = new Set(
      [...last].flatMap((end) => [...endsOf(of, text, end, ruleOf)]).filter((end) => !ends.has(end)),
    );
    if (times >= min) for (const end of last) ends.add(end);
  }
  return ends;
}

function make(node: Node, random: () => number, ruleOf: (name: string) => Node): string {
  const below = (count: number) => Math.floor(random() * count);
  switch (node.kind) {
    case "any":
      return make(node.of[below(node.of.length)]!, random, ruleOf);
    case "all":
      return node.of.map((one) => make(one, random, ruleOf)).join("");
    case "repeat": {
      const most = node.max === Number.POSITIVE_INFINITY ? node.min + UNBOUNDED_RUN : node.max;
      const times = node.min + below(most - node.min + 1);
      return Array.from({ length: times }, () => make(node.of, random, ruleOf)).join("");
    }
    case "text":
      return node.text;
    case "range":
      return String.fromCharCode(node.from + below(node.to - node.from + 1));
  }
  return make(ruleOf(node.name), random, ruleOf);
}
