import type { Json, JsonObject } from "../../json.ts";
import { compilePattern } from "./compilePattern.ts";
import type { Answer } from "./condition.ts";
import { isAlike, isEqual, isShallow } from "./isEqual.ts";
import { isBranch, isObject } from "./readPath.ts";
import { versionKey } from "./versionKey.ts";

/** Longer texts are an error for patterns: linear time is still time. */
const MAX_TEXT_CHARS = 1_000;
const MAX_LITERAL_DEPTH = 32;

/** Saved groups by id. */
export type Groups = Readonly<Record<string, readonly Json[]>>;

/** Answers for one value; a missing value comes as `null`. */
export type Test = (seen: Json, groups: Groups) => Answer;

/** Compiles conditions that stand inside an operator. */
export interface Nest {
  /** An operator object or a bare value, tested on the value itself. */
  value: (operand: Json, index?: number) => Test;
  /** A condition, tested on the value's own attributes. */
  condition: (operand: Json) => Test;
}

/** Makes the test of an operator; `undefined` when the operator cannot use this operand. */
export type Operator = (operand: Json, nest: Nest) => Test | undefined;

/** Folds answers: `true` in an "any" and `false` in an "all" outweigh an error, as in Kleene's logic, so order never counts. */
export function combine(answers: readonly Answer[], isAny: boolean): Answer {
  return answers.includes(isAny) ? isAny : answers.includes(undefined) ? undefined : !isAny;
}

/** Turns an answer round; an error stays an error. */
export function invert(answer: Answer): Answer {
  return answer === undefined ? undefined : !answer;
}

/** Tells whether an object is a set of operators rather than a value to compare with. */
export function isOperatorObject(value: Json | undefined): value is JsonObject {
  return isObject(value) && Object.keys(value).some((key) => key.startsWith("$"));
}

/** The opposite of an operator: this is how a missing value comes to match `$ne`, `$nin` and their like. */
function not(operator: Operator): Operator {
  return (operand, nest) => {
    const test = operator(operand, nest);
    return test && ((seen, groups) => invert(test(seen, groups)));
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

function folded(value: Json): Json {
  return typeof value === "string" ? value.toLowerCase() : value;
}

/** One of the list; for a list of values, any of them. */
function oneOf(fold: (value: Json) => Json): Operator {
  return (operand) => {
    if (!Array.isArray(operand) || operand.some(isBranch)) return undefined;
    const list = new Set(operand.map(fold));
    return (seen) => (Array.isArray(seen) ? seen : [seen]).some((value) => list.has(fold(value)));
  };
}

const inGroup: Operator = (operand) =>
  typeof operand === "string"
    ? (seen, groups) => {
        const group = Object.hasOwn(groups, operand) ? groups[operand]! : [];
        return (Array.isArray(seen) ? seen : [seen]).some((value) => group.includes(value));
      }
    : undefined;

function pattern(flags: "" | "i"): Operator {
  return (operand) => {
    const matches = typeof operand === "string" && compilePattern(operand, flags);
    if (!matches) return undefined;
    return (seen) => {
      if (seen === null || isBranch(seen)) return false;
      const text = String(seen);
      return text.length > MAX_TEXT_CHARS ? undefined : matches(text);
    };
  };
}

/** Every entry of the operand is met by some value of the list. */
function all(fold: (value: Json) => Json): Operator {
  return (operand, nest) => {
    if (!Array.isArray(operand)) return undefined;
    const tests = operand.map((entry, i) => nest.value(fold(entry), i));
    return (seen, groups) =>
      Array.isArray(seen) &&
      combine(
        tests.map((test) =>
          combine(
            seen.map((value) => test(fold(value), groups)),
            true,
          ),
        ),
        false,
      );
  };
}

const equal: Operator = (operand) =>
  isShallow(operand, MAX_LITERAL_DEPTH) ? (seen) => isEqual(seen, operand) : undefined;

const TYPE_NAMES: readonly Json[] = ["null", "array", "object", "string", "number", "boolean"];

function typeName(value: Json): string {
  return value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
}

const same = (value: Json): Json => value;

/** Equality of a value that stands without an operator. */
export const alike: Operator = (operand) =>
  isShallow(operand, MAX_LITERAL_DEPTH) ? (seen) => isAlike(seen, operand) : undefined;

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
  $in: oneOf(same),
  $nin: not(oneOf(same)),
  $ini: oneOf(folded),
  $nini: not(oneOf(folded)),
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
    const test = nest.value(operand);
    return (seen, groups) => Array.isArray(seen) && test(seen.length, groups);
  },
  $elemMatch: (operand, nest) => {
    const test = isOperatorObject(operand) ? nest.value(operand) : nest.condition(operand);
    return (seen, groups) =>
      Array.isArray(seen) &&
      combine(
        seen.map((value) => test(value, groups)),
        true,
      );
  },
};
