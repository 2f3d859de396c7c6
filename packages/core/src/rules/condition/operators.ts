import type { Json, JsonObject } from "../../json.ts";
import { compilePattern } from "./compilePattern.ts";
import type { Groups } from "./condition.ts";
import { isAlike, isEqual } from "./isEqual.ts";
import { isBranch, isObject } from "./readPath.ts";
import { versionKey } from "./versionKey.ts";

/** Patterns do not read longer texts (linear time is still time): for them they are as good as missing. */
const MAX_TEXT_CHARS = 2_000;

/** Answers for one value; a missing value comes as `null`. */
export type Test = (seen: Json, groups: Groups) => boolean;

/**
 * Compiles what stands inside an operator: a condition on the value's own attributes if `isCondition`, else operators or
 * a bare value for the value itself.
 */
export type Nest = (operand: Json, isCondition?: boolean) => Test;

/** Makes the test of an operator; `undefined` when the operator cannot use this operand. */
export type Operator = (operand: Json, nest: Nest) => Test | undefined;

type Fold = (value: Json) => Json;

/** Tells whether an object is a set of operators rather than a value to compare with. */
export function isOperatorObject(value: Json | undefined): value is JsonObject {
  return isObject(value) && Object.keys(value).some((key) => key[0] === "$");
}

/** The opposite of an operator: this is how a missing value comes to match `$ne`, `$nin` and their like. */
function not(operator: Operator): Operator {
  return (operand, nest) => {
    const test = operator(operand, nest);
    return test && ((seen, groups) => !test(seen, groups));
  };
}

/** Compares what has an order: `keyOf` says what that is, and `undefined` where there is none. */
function ordered<T>(
  keyOf: (value: Json) => T | undefined,
  compare: (seen: T, operand: T) => boolean,
): Operator {
  return (operand) => {
    const right = keyOf(operand);
    if (right === undefined) return undefined;
    return (seen) => {
      const left = keyOf(seen);
      return left !== undefined && compare(left, right);
    };
  };
}

/** Text compares with text; everything else compares as numbers, as JavaScript does. */
function scalar(value: Json): string | number | boolean | undefined {
  return value === null || isBranch(value) ? undefined : value;
}

const same: Fold = (value) => value;
const folded: Fold = (value) => (typeof value === "string" ? value.toLowerCase() : value);

/** For a list of values, any of them. */
function some(seen: Json, test: (value: Json) => boolean): boolean {
  return Array.isArray(seen) ? seen.some(test) : test(seen);
}

function among(fold: Fold): Operator {
  return (operand) => {
    if (!Array.isArray(operand) || operand.some(isBranch)) return undefined;
    const list = new Set(operand.map(fold));
    return (seen) => some(seen, (value) => list.has(fold(value)));
  };
}

const inGroup: Operator = (operand) =>
  typeof operand === "string"
    ? (seen, groups) => {
        const group = Object.hasOwn(groups, operand) && groups[operand];
        return group ? some(seen, (value) => group.includes(value)) : false;
      }
    : undefined;

/** Every entry of the operand is met by some value of the list. */
function all(fold: Fold): Operator {
  return (operand, nest) => {
    if (!Array.isArray(operand)) return undefined;
    const tests = operand.map((entry) => nest(fold(entry)));
    return (seen, groups) =>
      Array.isArray(seen) && tests.every((test) => seen.some((value) => test(fold(value), groups)));
  };
}

function pattern(flags: "" | "i"): Operator {
  return (operand) => {
    const matches = typeof operand === "string" && compilePattern(operand, flags);
    if (!matches) return undefined;
    return (seen) => {
      const text = scalar(seen)?.toString();
      return text !== undefined && text.length <= MAX_TEXT_CHARS && matches(text);
    };
  };
}

function typeName(value: Json): string {
  return value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
}

const TYPE_NAMES: readonly Json[] = ["null", "array", "object", "string", "number", "boolean"];

const equal: Operator = (operand) => (seen) => isEqual(seen, operand);

/** Equality of a value that stands without an operator. */
export const alike: Operator = (operand) => (seen) => isAlike(seen, operand);

/** Every operator on a value but `$not`, which is a group. Read with `Object.hasOwn`. */
export const OPERATORS: Readonly<Record<string, Operator>> = {
  $eq: equal,
  $ne: not(equal),
  $lt: ordered(scalar, (seen, operand) => seen < operand),
  $lte: ordered(scalar, (seen, operand) => seen <= operand),
  $gt: ordered(scalar, (seen, operand) => seen > operand),
  $gte: ordered(scalar, (seen, operand) => seen >= operand),
  $veq: ordered(versionKey, (seen, operand) => seen === operand),
  $vne: not(ordered(versionKey, (seen, operand) => seen === operand)),
  $vlt: ordered(versionKey, (seen, operand) => seen < operand),
  $vlte: ordered(versionKey, (seen, operand) => seen <= operand),
  $vgt: ordered(versionKey, (seen, operand) => seen > operand),
  $vgte: ordered(versionKey, (seen, operand) => seen >= operand),
  $in: among(same),
  $nin: not(among(same)),
  $ini: among(folded),
  $nini: not(among(folded)),
  $inGroup: inGroup,
  $notInGroup: not(inGroup),
  $all: all(same),
  $alli: all(folded),
  $regex: pattern(""),
  $notRegex: not(pattern("")),
  $regexi: pattern("i"),
  $notRegexi: not(pattern("i")),
  $exists: (operand) => (typeof operand === "boolean" ? (seen) => (seen !== null) === operand : undefined),
  $type: (operand) => (TYPE_NAMES.includes(operand) ? (seen) => typeName(seen) === operand : undefined),
  $size: (operand, nest) => {
    const test = nest(operand);
    return (seen, groups) => Array.isArray(seen) && test(seen.length, groups);
  },
  $elemMatch: (operand, nest) => {
    const test = nest(operand, !isOperatorObject(operand));
    return (seen, groups) => Array.isArray(seen) && seen.some((value) => test(value, groups));
  },
};
