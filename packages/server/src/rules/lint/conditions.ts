import type { Json, JsonObject, Rule } from "@vitrine/core";
import type { Check } from "./finding.ts";

/** What is kept of a person; a path that begins otherwise has never a value. */
const FACTS: Record<string, readonly string[]> = {
  profile: [
    "firstSeen",
    "lastSeen",
    "traits",
    "consent",
    "lastViewed",
    "recent",
    "categories",
    "searches",
    "filters",
    "sizes",
    "cart",
    "lists",
    "orders",
    "orderCount",
    "stores",
    "tryOns",
    "loyalty",
    "surveys",
    "counters",
  ],
  page: ["path", "query", "language", "product"],
  session: ["isNew"],
};

/** One test of a condition. */
interface Clause {
  path: string;
  operand: Json | undefined;
  /** False inside `$or`, `$nor` and `$not`: there a clause alone decides nothing. */
  mustHold: boolean;
}

/** All tests of a condition, however deep they stand. */
export function clausesOf(condition: JsonObject | undefined, mustHold = true): Clause[] {
  return Object.entries(condition ?? {}).flatMap(([key, operand]) => {
    if (key === "$and" && Array.isArray(operand))
      return operand.flatMap((one) => clausesOf(one as JsonObject, mustHold));
    if (key === "$not") return clausesOf(operand as JsonObject, false);
    if (key.startsWith("$") && Array.isArray(operand))
      return operand.flatMap((one) => clausesOf(one as JsonObject, false));
    return [{ path: key, operand, mustHold }];
  });
}

/** A path under which nothing is ever kept: nearly always a slip of the pen. */
export const checkFacts: Check = (rule) =>
  clausesOf(rule.when).flatMap(({ path }) => {
    const [root = "", name = ""] = path.split(".");
    const known = FACTS[root];
    if (!known || name === "" || known.includes(name)) return [];
    const message = `Nothing is kept under “${root}.${name}”. Known there: ${known.join(", ")}.`;
    return [{ rule: rule.id, code: "unknown_fact", message }];
  });

/** Conditions that contradict themselves. */
export const checkNever: Check = (rule, { now }) => {
  const { to } = rule.schedule ?? {};
  if (to && Date.parse(to) + 86_400_000 < now) {
    return [
      {
        rule: rule.id,
        code: "ended",
        message: `Ended on ${to.slice(0, 10)} and is no longer shown; take it out or move its end.`,
      },
    ];
  }
  const path = contradictionIn(rule);
  if (path === undefined) return [];
  return [
    {
      rule: rule.id,
      code: "never",
      message: `Can never hold: what it asks of “${path}” contradicts itself.`,
    },
  ];
};

function contradictionIn(rule: Rule): string | undefined {
  return clausesOf(rule.when).find(
    ({ operand, mustHold }) => mustHold && isObject(operand) && isContradiction(operand),
  )?.path;
}

function isContradiction({ $gt, $gte, $lt, $lte, $in, $eq, $ne }: JsonObject): boolean {
  if (Array.isArray($in) && $in.length === 0) return true;
  if ($eq !== undefined && JSON.stringify($eq) === JSON.stringify($ne)) return true;
  const low = number($gt) ?? number($gte);
  const high = number($lt) ?? number($lte);
  if (low === undefined || high === undefined) return false;
  return low > high || (low === high && ($gt !== undefined || $lt !== undefined));
}

/** Content for everybody, for ever, in place of the shop's own: then the shop may as well say it itself. */
export const checkAlways: Check = (rule) => {
  const isNarrow =
    clausesOf(rule.when).length > 0 ||
    rule.schedule?.from ||
    rule.schedule?.to ||
    rule.cap ||
    rule.experiment;
  if (isNarrow || rule.action.type !== "message") return [];
  const message =
    "Is shown to everybody on every page view, without an end. Give it a condition, a schedule or a cap.";
  return [{ rule: rule.id, code: "always", message }];
};

/** Questions the inline reader can answer before first paint; others wait for the script. */
export const checkFirstPaint: Check = (rule) => {
  if (rule.action.type === "prefill" || rule.action.type === "value") return [];
  const late = clausesOf(rule.when).filter(
    (clause) => /^(page|session)\b/.test(clause.path) && !isReadable(clause),
  );
  const queries = clausesOf(rule.when).filter(({ path }) => path.startsWith("page.query.")).length;
  if (late.length === 0 && queries < 2) return [];
  const what = late.length > 0 ? `“${late[0]!.path}” as it is asked` : "more than one query parameter";
  const message = `Is not there at first paint: ${what} is known only once the script runs. The slot shows it from the next page on, or at once if it is live.`;
  return [{ rule: rule.id, code: "not_at_first_paint", message }];
};

function isReadable({ path, operand, mustHold }: Clause): boolean {
  if (!mustHold) return false;
  const { $eq = operand, $in = [$eq], ...more } = isObject(operand) ? operand : {};
  const values = $in as Json[];
  if (isObject(operand) && Object.keys(more).length > 0) return false;
  if (path === "session.isNew") return values.length === 1 && typeof values[0] === "boolean";
  if (path === "page.path") return values.every((value) => typeof value === "string");
  return /^page\.query\.[^.]+$/.test(path) && values.length === 1 && typeof values[0] === "string";
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const number = (value: Json | undefined): number | undefined =>
  typeof value === "number" ? value : undefined;
