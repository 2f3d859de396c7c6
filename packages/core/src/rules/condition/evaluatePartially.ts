import type { JsonObject } from "../../json.ts";
import { compileCondition } from "./compileCondition.ts";
import type { Condition, ConditionOptions, ConditionResult } from "./condition.ts";
import { answerGroup, evaluateNode, type Node, type OnClause } from "./node.ts";

/** The answer as far as it is known: decided, or what is left to decide. */
export type PartialResult = ConditionResult | { kind: "rest"; rest: Condition };

/**
 * Decides what can be decided now and hands back the rest.
 * Deciding the rest with all attributes gives what deciding the whole with them would give.
 * @param isKnown tells of an attribute's full path whether `attributes` already has its final value (or lacks it for good).
 * @param onClause is told what each known clause saw, as `traceCondition` collects it.
 * @returns a rest made of single clauses (`{path: {operator: operand}}` or `{path: value}`), joined by `$and`, `$or`, `$not`.
 */
export function evaluatePartially(
  condition: Condition,
  attributes: JsonObject,
  isKnown: (path: string) => boolean,
  options?: ConditionOptions,
  onClause?: OnClause,
): PartialResult {
  const fold = (node: Node): boolean | Condition => {
    if (!("nodes" in node)) {
      return isKnown(node.path ?? "")
        ? evaluateNode(node, attributes, options?.groups ?? {}, onClause)
        : node.source;
    }
    const folded = node.nodes.map(fold);
    const rest = folded.filter((one) => typeof one === "object");
    if (!rest.length || folded.includes(node.isAny)) return answerGroup(node, folded);
    const joined = rest.length > 1 ? { [node.isAny ? "$or" : "$and"]: rest } : rest[0]!;
    return node.isNegated ? { $not: joined } : joined;
  };

  const node = compileCondition(condition);
  if ("kind" in node) return node;
  const left = fold(node);
  return typeof left === "object" ? { kind: "rest", rest: left } : { kind: left ? "match" : "no_match" };
}
