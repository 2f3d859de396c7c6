import type { JsonObject } from "../../json.ts";
import { compileCondition } from "./compileCondition.ts";
import type { Condition, ConditionOptions, ConditionResult } from "./condition.ts";
import { evaluateNode, type Run } from "./node.ts";

/**
 * Decides a condition for a set of attributes. Never throws.
 *
 * The language is that of the GrowthBook SDKs. Differences on purpose: a missing value (or `null`) equals only `null` and
 * is never equal to, greater or less than anything else, so `$ne`, `$nin` and `$not` match it; what cannot be understood
 * anywhere in the condition (an operator, an operand) makes all of it an error, never just false.
 * Attributes and conditions are read by own properties only.
 */
export function evaluateCondition(
  condition: Condition,
  attributes: JsonObject,
  options?: ConditionOptions,
): ConditionResult {
  return runCondition(condition, attributes, { groups: options?.groups ?? {} });
}

/** Decides a condition with the caller's record of the run. */
export function runCondition(condition: Condition, attributes: JsonObject, run: Run): ConditionResult {
  const node = compileCondition(condition);
  if ("kind" in node) return node;
  const answer = evaluateNode(node, attributes, run);
  return answer === undefined ? run.error! : { kind: answer ? "match" : "no_match" };
}
