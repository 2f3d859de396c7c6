import type { Condition } from "../condition/index.ts";
import { assignmentsOf } from "./assignments.ts";
import { answerTree, leavesOf, treeOf } from "./conditionTree.ts";

/**
 * Tells whether a condition can hold for anyone. Errs on the side of yes: no means that it contradicts itself.
 * @throws RangeError for a condition that cannot be used.
 */
export function canHold(condition: Condition): boolean {
  const tree = treeOf(condition);
  const assignments = assignmentsOf(leavesOf(tree));
  return !assignments || assignments.some((assignment) => answerTree(tree, assignment) === true);
}

/** Tells whether `b` holds wherever `a` does; no also when it cannot be told. */
export function implies(a: Condition, b: Condition): boolean {
  return !canHold({ $and: [a, { $not: b }] });
}
