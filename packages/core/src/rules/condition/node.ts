import type { Json } from "../../json.ts";
import type { Condition, Groups } from "./condition.ts";
import type { Test } from "./operators.ts";
import { readPath } from "./readPath.ts";

/** One operator on one attribute. */
export interface Clause {
  /** The clause as a condition of its own: `{"cart.total": {"$gt": 50}}`. */
  source: Condition;
  /** The attribute; `undefined` for the value itself, inside an operator. */
  path: string | undefined;
  operator: string;
  operand: Json;
  test: Test;
}

/** Nodes joined by "all" (or "any"), the answer turned round if `isNegated`. */
export interface Group {
  nodes: readonly Node[];
  isAny: boolean;
  isNegated: boolean;
}

/** A condition in the form that evaluation, tracing and partial evaluation share. */
export type Node = Clause | Group;

/** Told of each clause of the condition itself, not of those inside an operator. */
export type OnClause = (clause: Clause, seen: Json | undefined, matched: boolean) => void;

/** Answers a node for a value. All of it is evaluated, also what cannot change the answer: a trace shows every clause. */
export function evaluateNode(node: Node, root: Json, groups: Groups, onClause?: OnClause): boolean {
  if ("nodes" in node) {
    return answerGroup(
      node,
      node.nodes.map((inner) => evaluateNode(inner, root, groups, onClause)),
    );
  }
  const seen = node.path === undefined ? root : readPath(root, node.path);
  const matched = node.test(seen ?? null, groups);
  onClause?.(node, seen, matched);
  return matched;
}

/** Answers a group whose nodes are answered. */
export function answerGroup({ isAny, isNegated }: Group, answers: readonly unknown[]): boolean {
  return (answers.includes(isAny) === isAny) !== isNegated;
}
