import type { JsonObject } from "../../json.ts";
import type { Condition, ConditionOptions, ConditionResult, OnClause } from "./condition.ts";
import { evaluatePartially } from "./evaluatePartially.ts";

const everything = (): boolean => true;

/**
 * Decides a condition for a set of attributes. Never throws.
 *
 * The language is that of the GrowthBook SDKs. Differences on purpose: a missing value (or `null`) equals only `null` and
 * is never equal to, greater or less than anything else, so `$ne`, `$nin` and `$not` match it; what cannot be understood
 * anywhere in the condition (an operator, an operand) makes all of it an error, never just false.
 * Attributes and conditions are read by own properties only.
 * @param onClause is told what each clause saw, in the order they stand, as `traceCondition` collects it.
 */
export function evaluateCondition(
  condition: Condition,
  attributes: JsonObject,
  options?: ConditionOptions,
  onClause?: OnClause,
): ConditionResult {
  return evaluatePartially(condition, attributes, everything, options, onClause) as ConditionResult;
}
