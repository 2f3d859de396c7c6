export type { Condition, ConditionError, ConditionOptions, ConditionResult } from "./condition.ts";
export { evaluateCondition } from "./evaluateCondition.ts";
export { evaluatePartially, type PartialResult } from "./evaluatePartially.ts";
export type { Clause, OnClause } from "./node.ts";
export { type ClauseTrace, traceCondition } from "./traceCondition.ts";
