import type { Json, JsonObject } from "../../json.ts";
import type { Condition, ConditionOptions, ConditionResult } from "./condition.ts";
import { evaluateCondition } from "./evaluateCondition.ts";

/** One clause of a condition with the value it saw. */
export interface ClauseTrace {
  /** The attribute's path. */
  path: string;
  /** `$eq` also for a bare value. */
  operator: string;
  operand: Json;
  /** `undefined` when the attribute is missing. */
  seen: Json | undefined;
  /** The clause's own answer, before any `$not` or `$nor` around it. */
  matched: boolean;
}

/**
 * Decides a condition as `evaluateCondition` does and tells what each clause saw, in the order they stand.
 * What stands inside an operator (`$elemMatch`, `$all`, `$size`) belongs to that operator's own line.
 * @returns no clauses when the result is an error: nothing was evaluated.
 */
export function traceCondition(
  condition: Condition,
  attributes: JsonObject,
  options?: ConditionOptions,
): { result: ConditionResult; clauses: ClauseTrace[] } {
  const clauses: ClauseTrace[] = [];
  const result = evaluateCondition(
    condition,
    attributes,
    options,
    ({ path = "", operator, operand }, seen, matched) =>
      clauses.push({ path, operator, operand, seen, matched }),
  );
  return { result, clauses };
}
