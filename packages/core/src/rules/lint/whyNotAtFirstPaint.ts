import type { Answer } from "../condition/answerCondition.ts";
import type { Condition } from "../condition/index.ts";
import { isKnownBefore } from "../compilePlan.ts";
import { guardOf } from "../guard.ts";
import { assignmentsOf } from "./assignments.ts";
import { answerTree, leavesOf, pathOf, treeOf } from "./conditionTree.ts";

/**
 * Says what keeps a condition out of the first-paint plan for some profiles, as the reason of a sentence.
 * @returns undefined when nothing does.
 * @throws RangeError for a condition that cannot be used.
 */
export function whyNotAtFirstPaint(condition: Condition): string | undefined {
  const tree = treeOf(condition);
  for (const assignment of assignmentsOf(leavesOf(tree).filter(isKnown)) ?? []) {
    const rest = answerTree(tree, (leaf) => (isKnown(leaf) ? assignment(leaf) : undefined));
    if (rest !== false && !guardOf(rest)) return whyNoGuard(rest);
  }
  return undefined;
}

const isKnown = (leaf: Condition): boolean => isKnownBefore(pathOf(leaf));

function whyNoGuard(rest: Answer): string {
  const bad = leavesOf(rest).find((leaf) => !guardOf(leaf));
  if (bad) return `${JSON.stringify(bad)} is only known once the page runs`;
  return /"\$(or|not)":/.test(JSON.stringify(rest))
    ? "it asks for one fact of page or session or another, or for its opposite"
    : "it asks twice for the same fact, or for two query parameters";
}
