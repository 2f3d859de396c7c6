export type * from "./condition.ts";
export { evaluateCondition } from "./evaluateCondition.ts";
export { evaluatePartially } from "./evaluatePartially.ts";
export { traceCondition } from "./traceCondition.ts";
