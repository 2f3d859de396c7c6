import type { JsonObject } from "../../json.ts";
import type { ClauseTrace, Condition, ConditionOptions, ConditionResult } from "./condition.ts";
import { evaluateCondition } from "./evaluateCondition.ts";

/**
 * Decides a condition as `evaluateCondition` does and tells what each clause saw, in the order they stand.
 * What stands inside an operator (`$elemMatch`, `$all`, `$size`) belongs to that operator's own line.
 * @returns no clauses when the result is an error: nothing was decided.
 */
export function traceCondition(
  condition: Condition,
  attributes: JsonObject,
  options?: ConditionOptions,
): { result: ConditionResult; clauses: ClauseTrace[] } {
  const clauses: ClauseTrace[] = [];
  const result = evaluateCondition(condition, attributes, options, (clause) => clauses.push(clause));
  return { result, clauses: result.kind === "error" ? [] : clauses };
}
