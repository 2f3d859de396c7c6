import { isObject } from "../../event/event.ts";
import type { Json } from "../../json.ts";
import { get } from "../../profile/keyed.ts";
import { evaluateCondition, type Condition } from "../condition/index.ts";
import { pathOf } from "./conditionTree.ts";

/** Beyond this many combinations nothing is claimed. */
const MAX_ASSIGNMENTS = 20_000;
const MAX_OPAQUE = 6;
const MAX_OPERANDS = 40;

/** Sorts after every text that a rule may name. */
const LAST_TEXT = "\u{10FFFF}";

/** An answer for each clause. */
export type Assignment = (leaf: Condition) => boolean;

/** Operators whose answers a handful of values shows; of others either answer is possible. */
const EXACT = ["", "$eq", "$ne", "$lt", "$lte", "$gt", "$gte", "$in", "$nin", "$exists"];

const OPPOSITES: Record<string, string> = {
  $nini: "$ini",
  $vne: "$veq",
  $notInGroup: "$inGroup",
  $notRegex: "$regex",
  $notRegexi: "$regexi",
};

/** What is always there in a profile and on a page, and of what kind. */
const DOMAINS: Record<string, (value: Json) => boolean> = {
  "session.isNew": (value) => typeof value === "boolean",
  "page.path": (value) => typeof value === "string" && value !== "",
  "page.language": (value) => typeof value === "string",
  "profile.cart.count": (value) => typeof value === "number" && value >= 0,
  "profile.orderCount": (value) => typeof value === "number" && value >= 0,
  // Unknown, or as ISO writes them.
  "geo.country": (value) => value === null || (typeof value === "string" && /^[A-Z]{2}$/.test(value)),
  "geo.region": (value) =>
    value === null || (typeof value === "string" && /^[A-Z]{2}-[A-Z0-9]{1,3}$/.test(value)),
};
/** Paths with so few values that all can be looked at; `null` for a time zone that an older browser does not know. */
const FEW: readonly [path: RegExp, values: readonly Json[]][] = [
  [/^channel$/, ["web", "app", "store", "pos"]],
  [/^time\.[^.]+\.hour$/, [null, ...Array(24).keys()]],
  [/^time\.[^.]+\.weekday$/, [null, 1, 2, 3, 4, 5, 6, 7]],
];
const ALWAYS_THERE =
  /^(profile|session|page|device|page\.query|profile\.(traits|consent|lastViewed|recent|categories|searches|filters|sizes|cart|cart\.lines|lists|orders|stores|stores\.visited|tryOns|surveys|counters))$/;

/**
 * Lists every combination of answers that clauses can have, and some they cannot: paths are taken as independent, so what
 * holds for all of these holds always.
 * @returns undefined when there are too many to look at.
 */
export function assignmentsOf(leaves: readonly Condition[]): Assignment[] | undefined {
  const byPath = new Map<string, Condition[]>();
  for (const leaf of leaves) {
    const path = pathOf(leaf);
    byPath.set(path, [...(byPath.get(path) ?? []), leaf]);
  }
  let all: Map<string, boolean>[] = [new Map()];
  for (const [path, asked] of byPath) {
    const answers = answersAt(path, asked);
    if (!answers || all.length * answers.length > MAX_ASSIGNMENTS) return undefined;
    all = all.flatMap((one) => answers.map((other) => new Map([...one, ...other])));
  }
  return all.map((answers) => (leaf) => answers.get(textOf(leaf))!);
}

/** The different answers to the clauses of one path, over the values that tell them apart. */
function answersAt(path: string, leaves: Condition[]): Map<string, boolean>[] | undefined {
  const exact = leaves.filter((leaf) => EXACT.includes(clauseOf(leaf)[0]));
  const opaque = [...new Set(leaves.filter((leaf) => !exact.includes(leaf)).map(positiveText))];
  const operands = exact
    .map((leaf) => clauseOf(leaf)[1])
    .flatMap((one) => (Array.isArray(one) ? [one, ...one] : [one]));
  if (opaque.length > MAX_OPAQUE || operands.length > MAX_OPERANDS) return undefined;
  const found = new Map<string, Map<string, boolean>>();
  const isPossible = get(DOMAINS, path) ?? ((value: Json) => value !== null || !ALWAYS_THERE.test(path));
  const values = FEW.find(([few]) => few.test(path))?.[1] ?? valuesNear(operands).filter(isPossible);
  for (const value of values) {
    for (let bits = 0; bits < 2 ** opaque.length; bits++) {
      const answers = new Map<string, boolean>();
      for (const leaf of leaves) {
        const isOn = (bits & (1 << opaque.indexOf(positiveText(leaf)))) !== 0;
        const answer = exact.includes(leaf) ? holdsFor(leaf, value) : isOn !== isNegative(leaf);
        answers.set(textOf(leaf), answer);
      }
      found.set([...answers.values()].join(), answers);
    }
  }
  return [...found.values()];
}

/** Values on, below, above and between all operands, of every kind, and lists of them. */
function valuesNear(operands: Json[]): Json[] {
  // A bare value compares text and number alike, so each comes as both.
  const scalars = operands.filter((one) => one !== null && typeof one !== "object");
  const numbers = scalars
    .map(Number)
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const near = numbers.flatMap((one, i) => [one - 1, one, (one + (numbers[i + 1] ?? one + 2)) / 2]);
  const texts = scalars.flatMap((one) => [`${one}`, `${one} `]);
  const pairs = operands.flatMap((one, i) => operands.slice(i).map((other): Json => [one, other]));
  return [null, true, false, 0, 1, "", LAST_TEXT, {}, [], ...near, ...texts, ...operands, ...pairs, operands];
}

function holdsFor(leaf: Condition, value: Json): boolean {
  return evaluateCondition({ value: leaf[pathOf(leaf)] }, { value }).kind === "match";
}

/** Operator (`""` for a bare value) and operand. */
function clauseOf(leaf: Condition): [operator: string, operand: Json] {
  const source = leaf[pathOf(leaf)]!;
  const [operator = ""] = isObject(source) ? Object.keys(source) : [];
  return operator[0] === "$" ? [operator, (source as Condition)[operator]!] : ["", source];
}

const textOf = (leaf: Condition): string => JSON.stringify(leaf);

const isNegative = (leaf: Condition): boolean => Object.hasOwn(OPPOSITES, clauseOf(leaf)[0]);

/** The same for an operator and its opposite. */
function positiveText(leaf: Condition): string {
  const [operator, operand] = clauseOf(leaf);
  return JSON.stringify([OPPOSITES[operator] ?? operator, operand]);
}
