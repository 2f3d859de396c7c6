import { isObject } from "../../event/event.ts";
import type { Json, JsonObject } from "../../json.ts";
import { get } from "../../profile/keyed.ts";
import type { ConditionError, Groups } from "./condition.ts";
import { isAlike, isEqual } from "./isEqual.ts";
import { compilePattern, MAX_PATTERN_CHARS } from "./compilePattern.ts";
import { isBranch } from "./readPath.ts";
import { versionKey } from "./versionKey.ts";

/** Answers what stands inside an operator: a condition on the value's own attributes, else operators or a bare value. */
export type Nest = (seen: Json, operand: Json, isCondition?: boolean) => boolean;

/**
 * Answers for one value; a missing one comes as `null`.
 * @throws RangeError for an operand it cannot use, whatever the value.
 */
export type Operator = (seen: Json, operand: Json, nest: Nest, groups: Groups) => boolean;

/** Throws what makes a condition unusable. */
export function need(usable: unknown, code: ConditionError["code"] = "bad_operand"): asserts usable {
  if (!usable) throw new RangeError(code);
}

/** Tells whether an object is a set of operators rather than a value to compare with. */
export function isOperatorObject(value: Json): value is JsonObject {
  return isObject(value) && Object.keys(value).some((key) => key[0] === "$");
}

type Fold = (value: Json) => Json;
const same: Fold = (value) => value;
const folded: Fold = (value) => (typeof value === "string" ? value.toLowerCase() : value);

/** The opposite of an operator: this is how a missing value comes to match `$ne`, `$nin` and their like. */
const not =
  (operator: Operator): Operator =>
  (...all) =>
    !operator(...all);

/** Text compares with text; everything else compares as numbers, as JavaScript does. */
const scalar: KeyOf = (value) => (value === null || isBranch(value) ? undefined : value);

/** What has an order; `undefined`, which is neither less nor more than anything, where there is none. */
type KeyOf = (value: Json) => string | number | boolean | undefined;
type Compare = (seen: string | number, operand: string | number) => boolean;

const ordered =
  (keyOf: KeyOf, compare: Compare): Operator =>
  (seen, operand) => {
    const key = keyOf(operand);
    need(key !== undefined);
    return compare(keyOf(seen) as string, key as string);
  };

/** The operators of an order, under a sign of their own. */
const orders = (sign: string, keyOf: KeyOf): Record<string, Operator> => ({
  [`${sign}lt`]: ordered(keyOf, (seen, operand) => seen < operand),
  [`${sign}lte`]: ordered(keyOf, (seen, operand) => seen <= operand),
  [`${sign}gt`]: ordered(keyOf, (seen, operand) => seen > operand),
  [`${sign}gte`]: ordered(keyOf, (seen, operand) => seen >= operand),
});

/** For a list of values, any of them. */
const among =
  (fold: Fold): Operator =>
  (seen, operand) => {
    need(Array.isArray(operand) && !operand.some(isBranch));
    const list = operand.map(fold);
    return [seen].flat().some((value) => list.includes(fold(value)));
  };

const inGroup: Operator = (seen, operand, nest, groups) => {
  need(typeof operand === "string");
  return among(same)(seen, (get(groups, operand) ?? []) as Json[], nest, groups);
};

/** A list that holds a value which passes; `null` is tried too, for the faults it shows. */
const holds = (seen: Json, test: (value: Json) => boolean): boolean => {
  test(null);
  return Array.isArray(seen) && seen.some(test);
};

/** Every entry of the operand is met by some value of the list. */
const all =
  (fold: Fold): Operator =>
  (seen, operand, nest) => {
    need(Array.isArray(operand));
    const met = operand.map((entry) => holds(seen, (value) => nest(fold(value), fold(entry))));
    return Array.isArray(seen) && !met.includes(false);
  };

const pattern =
  (flags: string): Operator =>
  (seen, operand) => {
    const regex = compilePattern(operand, flags);
    const text = scalar(seen)?.toString();
    // Longer texts are as good as missing.
    return text !== undefined && text.length <= MAX_PATTERN_CHARS && regex.test(text);
  };

/** The operators that compare texts; `i` ignores case. */
const texts = (i: "" | "i", fold: Fold): Record<string, Operator> => ({
  [`$in${i}`]: among(fold),
  [`$nin${i}`]: not(among(fold)),
  [`$all${i}`]: all(fold),
  [`$regex${i}`]: pattern(i),
  [`$notRegex${i}`]: not(pattern(i)),
});

const typeName = (value: Json): string =>
  value === null ? "null" : Array.isArray(value) ? "array" : typeof value;

const sameVersion = ordered(versionKey, isEqual);

/** Every operator on a value but `$not`, and under `""` what compares a bare value. */
export const OPERATORS: Readonly<Record<string, Operator>> = {
  "": isAlike,
  $eq: isEqual,
  $ne: not(isEqual),
  ...orders("$", scalar),
  $veq: sameVersion,
  $vne: not(sameVersion),
  ...orders("$v", versionKey),
  ...texts("", same),
  ...texts("i", folded),
  $inGroup: inGroup,
  $notInGroup: not(inGroup),
  $exists: (seen, operand) => {
    need(typeof operand === "boolean");
    return (seen !== null) === operand;
  },
  $type: (seen, operand) => {
    need(/^(null|array|object|string|number|boolean)$/.test(operand as string));
    return typeName(seen) === operand;
  },
  $size: (seen, operand, nest) => nest(Array.isArray(seen) ? seen.length : null, operand),
  $elemMatch: (seen, operand, nest) =>
    holds(seen, (value) => nest(value, operand, !isOperatorObject(operand))),
};
