import { isObject } from "../../event/event.ts";
import type { Json, JsonObject } from "../../json.ts";
import { get } from "../../profile/keyed.ts";
import type { ConditionError, ConditionOptions } from "./condition.ts";
import { isAlike, isEqual } from "./isEqual.ts";
import { compilePattern, MAX_PATTERN_CHARS } from "./compilePattern.ts";
import { isBranch } from "./readPath.ts";
import { versionKey } from "./versionKey.ts";

/** Answers for one value; a missing one comes as `null`. */
export type Test = (seen: Json, options: ConditionOptions) => boolean;

/** Makes a test of what stands inside an operator: a condition on the value's own attributes, else operators or a bare value. */
export type Nest = (operand: Json, isCondition?: boolean) => Test;

/**
 * Makes a test of an operand.
 * @throws RangeError for an operand it cannot use.
 */
export type Operator = (operand: Json, nest: Nest) => Test;

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
  (operand, nest) => {
    const test = operator(operand, nest);
    return (seen, options) => !test(seen, options);
  };

/** What compares as it stands, with any operand. */
const comparison =
  (compare: (seen: Json, operand: Json) => boolean): Operator =>
  (operand) =>
  (seen) =>
    compare(seen, operand);

/** Text compares with text; everything else compares as numbers, as JavaScript does. */
const scalar: KeyOf = (value) => (value === null || isBranch(value) ? undefined : value);

/** What has an order; `undefined`, which is neither less nor more than anything, where there is none. */
type KeyOf = (value: Json) => string | number | boolean | undefined;
type Compare = (seen: string | number, operand: string | number) => boolean;

const ordered =
  (keyOf: KeyOf, compare: Compare): Operator =>
  (operand) => {
    const key = keyOf(operand);
    need(key !== undefined);
    return (seen) => compare(keyOf(seen) as string, key as string);
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
  (operand) => {
    need(Array.isArray(operand) && !operand.some(isBranch));
    const list = operand.map(fold);
    const isIn = (value: Json): boolean => list.includes(fold(value));
    return (seen) => (Array.isArray(seen) ? seen.some(isIn) : isIn(seen));
  };

const inGroup: Operator = (operand, nest) => {
  need(typeof operand === "string");
  return (seen, options) => among(same)((get(options.groups, operand) ?? []) as Json[], nest)(seen, options);
};

/** Every entry of the operand is met by some value of the list. */
const all =
  (fold: Fold): Operator =>
  (operand, nest) => {
    need(Array.isArray(operand));
    const tests = operand.map((entry) => nest(fold(entry)));
    return (seen, options) =>
      Array.isArray(seen) && tests.every((test) => seen.some((value) => test(fold(value), options)));
  };

const pattern =
  (flags: string): Operator =>
  (operand) => {
    const regex = compilePattern(operand, flags);
    return (seen) => {
      const text = scalar(seen)?.toString();
      // Longer texts are as good as missing.
      return text !== undefined && text.length <= MAX_PATTERN_CHARS && regex.test(text);
    };
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
  "": comparison(isAlike),
  $eq: comparison(isEqual),
  $ne: not(comparison(isEqual)),
  ...orders("$", scalar),
  $veq: sameVersion,
  $vne: not(sameVersion),
  ...orders("$v", versionKey),
  ...texts("", same),
  ...texts("i", folded),
  $inGroup: inGroup,
  $notInGroup: not(inGroup),
  $exists: (operand) => {
    need(typeof operand === "boolean");
    return (seen) => (seen !== null) === operand;
  },
  $type: (operand) => {
    need(/^(null|array|object|string|number|boolean)$/.test(operand as string));
    return (seen) => typeName(seen) === operand;
  },
  $size: (operand, nest) => {
    const test = nest(operand);
    return (seen, options) => test(Array.isArray(seen) ? seen.length : null, options);
  },
  $elemMatch: (operand, nest) => {
    const test = nest(operand, !isOperatorObject(operand));
    return (seen, options) => Array.isArray(seen) && seen.some((value) => test(value, options));
  },
};
