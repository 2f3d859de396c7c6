import type { Json, JsonObject } from "../../json.ts";
import { answerCondition } from "./answerCondition.ts";
import type { Condition, ConditionError, ConditionOptions, OnClause, PartialResult } from "./condition.ts";
import { isBranch } from "./readPath.ts";

const MAX_CLAUSES = 1_000;
/** Levels of lists and objects, one in the other; also what keeps the recursion of equality short. */
const MAX_LEVELS = 32;

/**
 * Decides what can be decided now and hands back the rest. Never throws.
 * Deciding the rest with all attributes gives what deciding the whole with them would give.
 * @param isKnown tells of an attribute's full path whether `attributes` already has its final value (or lacks it for good).
 * @param onClause is told what each known clause saw, as `traceCondition` collects it.
 * @returns a rest made of single clauses (`{path: {operator: operand}}` or `{path: value}`), joined by `$and`, `$or`, `$not`.
 */
export function evaluatePartially(
  condition: Condition,
  attributes: JsonObject,
  isKnown: (path: string) => boolean,
  options?: ConditionOptions,
  onClause?: OnClause,
): PartialResult {
  const trail: string[] = [];
  try {
    // Publishing refuses what is larger; pages, which count names alone, need not measure again.
    if (weigh(condition, MAX_LEVELS) > MAX_CLAUSES) throw new RangeError("too_complex");
    const left = answerCondition(condition, attributes, { ...options, isKnown, onClause, trail });
    return typeof left === "object" ? { kind: "rest", rest: left } : { kind: left ? "match" : "no_match" };
  } catch (error) {
    const code = (error as RangeError).message as ConditionError["code"];
    return { kind: "error", code, path: trail.map((name) => name && `/${name}`).join("") };
  }
}

/** Counts the names in all objects: no clause without one. Beyond the allowed levels it is too much for any bound. */
function weigh(value: Json | undefined, levels: number): number {
  if (!isBranch(value)) return 0;
  if (!levels) return Infinity;
  return Object.values(value).reduce<number>(
    (sum, inner) => sum + weigh(inner, levels - 1) + Number(!Array.isArray(value)),
    0,
  );
}
