import { answerCondition, join, opposite, type Answer } from "../condition/answerCondition.ts";
import type { Condition } from "../condition/index.ts";

/**
 * Brings a condition into the form that rests have: clauses of one path and one operator, joined by `$and`, `$or`, `$not`.
 * @returns true or false for a condition that asks nothing.
 * @throws RangeError for a condition that cannot be used.
 */
export function treeOf(condition: Condition): Answer {
  return answerCondition(condition, {}, { isKnown: () => false });
}

/** The clauses of a tree, in the order they stand. */
export function leavesOf(tree: Answer): Condition[] {
  if (typeof tree === "boolean") return [];
  const parts = partsOf(tree);
  return parts ? parts.flatMap(leavesOf) : [tree];
}

/** The attribute that a clause asks for. */
export function pathOf(leaf: Condition): string {
  return Object.keys(leaf)[0]!;
}

/** Answers a tree; what `answer` leaves undefined is left in the result. */
export function answerTree(tree: Answer, answer: (leaf: Condition) => boolean | undefined): Answer {
  if (typeof tree === "boolean") return tree;
  const parts = partsOf(tree);
  if (!parts) return answer(tree) ?? tree;
  const answers = parts.map((part) => answerTree(part, answer));
  return "$not" in tree ? opposite(answers[0]!) : join(answers, "$or" in tree);
}

function partsOf(tree: Condition): Condition[] | undefined {
  const { $and, $or, $not } = tree;
  return ($and ?? $or ?? ($not && [$not])) as Condition[] | undefined;
}
