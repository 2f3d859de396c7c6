import {
  evaluatePartially,
  traceCondition,
  type Condition,
  type Groups,
} from "../../../packages/core/src/rules/condition/index.ts";
import type { JsonObject } from "../../../packages/core/src/json.ts";

/** A condition with what it is asked about, as JSON: what stands in it is what every engine reads from it. */
export type CaseText = string;

interface Case {
  condition: Condition;
  attributes: JsonObject;
  groups: Groups;
}

/** Everything that a condition comes to: the result, what each clause saw, and what is left where only the profile is known. */
export function answer(text: CaseText): string {
  const { condition, attributes, groups } = JSON.parse(text) as Case;
  const isKnown = (path: string) => path.startsWith("profile");
  return JSON.stringify([
    traceCondition(condition, attributes, { groups }),
    evaluatePartially(condition, attributes, isKnown, { groups }),
  ]);
}
