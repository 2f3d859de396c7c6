import type { Json } from "../../json.ts";
import type { Answer, Condition, ConditionError } from "./condition.ts";
import { combine, type Groups, invert, type Test } from "./operators.ts";
import { readPath } from "./readPath.ts";

/** One operator on one attribute. */
export interface Clause {
  /** What it was compiled from, alone: `{"cart.total": {"$gt": 50}}`. */
  source: Condition;
  /** Where in the condition, as a JSON pointer. */
  pointer: string;
  /** The attribute; empty for the value itself, inside an operator. */
  path: string;
  /** The path's names, one a level. */
  steps: readonly string[];
  operator: string;
  operand: Json;
  test: Test;
}

/** Nodes joined by "all" (or "any"), the answer turned round if `isNegated`. */
export interface Group {
  source: Condition;
  nodes: readonly Node[];
  isAny: boolean;
  isNegated: boolean;
}

/** A condition in the form that evaluation, tracing and partial evaluation share. */
export type Node = Clause | Group;

/** What one evaluation carries along. */
export interface Run {
  groups: Groups;
  /** The first error met; it counts only when no other answer outweighs it. */
  error?: ConditionError;
  /** Called for each clause of the condition itself, not for those inside an operator. */
  onClause?: (clause: Clause, seen: Json | undefined, answer: Answer) => void;
}

/**
 * Answers a node for a value. All of it is evaluated, whatever comes first: a trace shows every clause, and an answer
 * does not depend on the order of the clauses.
 */
export function evaluateNode(node: Node, root: Json, run: Run): Answer {
  if ("nodes" in node)
    return answerGroup(
      node,
      node.nodes.map((inner) => evaluateNode(inner, root, run)),
    );
  const seen = readPath(root, node.steps);
  // An attribute may be called `$groups`; where there is none, it is an operator this version does not know.
  const isUnknown = seen === undefined && node.path.startsWith("$");
  const answer = isUnknown ? undefined : node.test(seen ?? null, run.groups);
  if (answer === undefined) {
    const code = isUnknown ? "unknown_operator" : "too_complex";
    run.error ??= { kind: "error", code, path: node.pointer };
  }
  run.onClause?.(node, seen, answer);
  return answer;
}

/** Answers a group whose nodes are answered. */
export function answerGroup({ isAny, isNegated }: Group, answers: readonly Answer[]): Answer {
  const answer = combine(answers, isAny);
  return isNegated ? invert(answer) : answer;
}
