import type { JsonObject } from "../../json.ts";
import { compileCondition } from "./compileCondition.ts";
import type { Answer, Condition, ConditionOptions, ConditionResult } from "./condition.ts";
import { answerGroup, evaluateNode, type Node, type Run } from "./node.ts";

/** The answer as far as it is known: decided, or what is left to decide. */
export type PartialResult = ConditionResult | { kind: "rest"; rest: Condition };

/**
 * Decides what can be decided now and hands back the rest.
 * Deciding the rest with all attributes gives what deciding the whole with them would give.
 * @param isKnown tells of an attribute's full path whether `attributes` already has its final value (or lacks it for good).
 * @returns a rest made of single clauses (`{path: {operator: operand}}` or `{path: value}`), joined by `$and`, `$or`, `$not`.
 */
export function evaluatePartially(
  condition: Condition,
  attributes: JsonObject,
  isKnown: (path: string) => boolean,
  options?: ConditionOptions,
): PartialResult {
  const node = compileCondition(condition);
  if ("kind" in node) return node;
  const run: Run = { groups: options?.groups ?? {} };
  const left = foldNode(node, attributes, isKnown, run);
  if (typeof left === "object") return { kind: "rest", rest: left };
  return left === undefined ? run.error! : { kind: left ? "match" : "no_match" };
}

function foldNode(
  node: Node,
  attributes: JsonObject,
  isKnown: (path: string) => boolean,
  run: Run,
): Answer | Condition {
  if (!("nodes" in node)) return isKnown(node.path) ? evaluateNode(node, attributes, run) : node.source;
  const { nodes, isAny, isNegated } = node;
  const folded = nodes.map((inner) => foldNode(inner, attributes, isKnown, run));
  const answers = folded.filter((one) => typeof one !== "object");
  if (answers.length === folded.length || answers.includes(isAny)) return answerGroup(node, answers);
  // An error stays in the rest: a clause that is still open may outweigh it.
  const rest = folded
    .map((one, i) => (one === undefined ? nodes[i]!.source : one))
    .filter((one) => typeof one === "object");
  const joined = rest.length === 1 ? rest[0]! : { [isAny ? "$or" : "$and"]: rest };
  return isNegated ? { $not: joined } : joined;
}
