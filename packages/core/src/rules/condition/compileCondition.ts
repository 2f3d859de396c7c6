import type { Json } from "../../json.ts";
import type { Condition, ConditionError } from "./condition.ts";
import { type Clause, evaluateNode, type Node } from "./node.ts";
import { alike, isOperatorObject, type Operator, OPERATORS } from "./operators.ts";
import { isBranch, isObject } from "./readPath.ts";

/** Levels of lists and objects, one in the other; also what keeps the recursion here and in equality short. */
const MAX_LEVELS = 32;
const MAX_CLAUSES = 1_000;

const compiled = new WeakMap<Condition, Node | ConditionError>();

/** Compiles a condition, once: the result is kept for as long as the condition lives. */
export function compileCondition(condition: Condition): Node | ConditionError {
  const known = compiled.get(condition);
  const result = known ?? compile(condition);
  // Not every caller is type-checked, and only objects can be keys.
  if (!known && isBranch(condition)) compiled.set(condition, result);
  return result;
}

function compile(root: Condition): Node | ConditionError {
  let error: ConditionError | undefined;

  const fail = (code: ConditionError["code"], pointer: string): Node => {
    error ??= { kind: "error", code, path: pointer };
    return group([]);
  };
  const condition = (source: Json | undefined, pointer: string): Node =>
    isObject(source)
      ? group(Object.keys(source).map((key) => entry(key, source[key], `${pointer}/${key}`)))
      : fail("bad_operand", pointer);
  const entry = (key: string, operand: Json | undefined, pointer: string): Node => {
    if (key === "$not") return group([condition(operand, pointer)], false, true);
    if (key === "$and" || key === "$or" || key === "$nor") {
      if (!Array.isArray(operand)) return fail("bad_operand", pointer);
      const nodes = operand.map((one, i) => condition(one, `${pointer}/${i}`));
      return group(nodes, key !== "$and", key === "$nor");
    }
    // `$groups` is the one attribute of the language that is called like an operator.
    return key[0] === "$" && key !== "$groups"
      ? fail("unknown_operator", pointer)
      : value(operand, pointer, key);
  };
  const value = (operand: Json | undefined, pointer: string, path?: string): Node =>
    isOperatorObject(operand)
      ? group(Object.keys(operand).map((key) => operator(key, operand[key], `${pointer}/${key}`, path)))
      : clause({ operator: "$eq", operand, path, source: operand }, alike, pointer);
  const operator = (key: string, operand: Json | undefined, pointer: string, path?: string): Node => {
    if (key === "$not") return group([value(operand, pointer, path)], false, true);
    return Object.hasOwn(OPERATORS, key)
      ? clause({ operator: key, operand, path, source: { [key]: operand } }, OPERATORS[key]!, pointer)
      : fail("unknown_operator", pointer);
  };
  const clause = ({ operand, source, ...named }: Draft, make: Operator, pointer: string): Node => {
    const test =
      operand !== undefined &&
      make(operand, (inner, isCondition) => {
        const node = isCondition ? condition(inner, pointer) : value(inner, pointer);
        return (seen, groups) => evaluateNode(node, seen, groups);
      });
    return test
      ? { ...named, operand, source: { [`${named.path}`]: source }, test }
      : fail("bad_operand", pointer);
  };

  if (weigh(root, MAX_LEVELS) > MAX_CLAUSES) fail("too_complex", "");
  const node = error ?? condition(root, "");
  return error ?? node;
}

/** A clause before its operand is checked; `source` is what stands at the path. */
type Draft = Pick<Clause, "operator" | "path"> & Record<"operand" | "source", Json | undefined>;

function group(nodes: Node[], isAny = false, isNegated = false): Node {
  // `$or` of nothing matches, as `$and` of nothing does.
  return { nodes, isAny: isAny && nodes.length > 0, isNegated };
}

/** Counts the names in all objects: no clause without one. Beyond the allowed levels it is too much for any bound. */
function weigh(value: Json | undefined, levels: number): number {
  if (!isBranch(value)) return 0;
  if (!levels) return Infinity;
  return Object.values(value).reduce<number>(
    (sum, inner) => sum + weigh(inner, levels - 1) + Number(!Array.isArray(value)),
    0,
  );
}
