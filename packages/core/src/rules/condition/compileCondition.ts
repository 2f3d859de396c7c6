import type { Json } from "../../json.ts";
import type { Condition, ConditionError } from "./condition.ts";
import { evaluateNode, type Node } from "./node.ts";
import { alike, isOperatorObject, type Operator, OPERATORS, type Test } from "./operators.ts";
import { isObject } from "./readPath.ts";

const MAX_DEPTH = 32;
const MAX_CLAUSES = 1_000;

const compiled = new WeakMap<Condition, Node | ConditionError>();

/** Compiles a condition, once: the result is kept for as long as the condition lives. */
export function compileCondition(condition: Condition): Node | ConditionError {
  // Not every caller is type-checked, and only objects can be keys.
  if (!isObject(condition)) return compile(condition);
  const known = compiled.get(condition);
  const result = known ?? compile(condition);
  if (!known) compiled.set(condition, result);
  return result;
}

/** Where the compiler stands. */
interface Place {
  depth: number;
  /** JSON pointer into the condition. */
  pointer: string;
  /** The attribute; `undefined` for the value itself, inside an operator. */
  path?: string | undefined;
  isInsideOperator: boolean;
}

function at(place: Place, key: string | number): Place {
  const name = `${key}`.replaceAll("~", "~0").replaceAll("/", "~1");
  return { ...place, pointer: `${place.pointer}/${name}` };
}

function deeper(place: Place): Place {
  return { ...place, depth: place.depth + 1 };
}

function compile(root: Condition): Node | ConditionError {
  let clauses = 0;
  let error: ConditionError | undefined;

  const fail = (code: ConditionError["code"], { pointer }: Place): Node => {
    error ??= { kind: "error", code, path: pointer };
    return { source: {}, nodes: [], isAny: false, isNegated: false };
  };
  // Once there is an error nothing more is compiled, so that the bounds also bound the work.
  const isOver = (place: Place, weight: number): boolean => {
    clauses += weight;
    if (place.depth > MAX_DEPTH || clauses > MAX_CLAUSES) fail("too_complex", place);
    return error !== undefined;
  };
  const group = (source: Condition, nodes: Node[], isAny = false, isNegated = false): Node => {
    // Nothing to test weighs as much as a clause: a million empty lists are too many as well.
    if (!nodes.length) clauses++;
    // `$or` of nothing matches, as `$and` of nothing does.
    return { source, nodes, isAny: isAny && nodes.length > 0, isNegated };
  };

  const condition = (source: Json | undefined, place: Place): Node => {
    if (!isObject(source)) return fail("bad_operand", place);
    if (isOver(place, 0)) return group(source, []);
    const nodes = Object.keys(source).map((key) => entry(key, source[key], deeper(at(place, key))));
    return group(source, nodes);
  };
  const entry = (key: string, operand: Json | undefined, place: Place): Node => {
    if (key === "$not") return group({ [key]: operand }, [condition(operand, place)], false, true);
    if (key === "$and" || key === "$or" || key === "$nor") {
      if (!Array.isArray(operand)) return fail("bad_operand", place);
      const nodes = operand.map((one, i) => condition(one, at(place, i)));
      return group({ [key]: operand }, nodes, key !== "$and", key === "$nor");
    }
    if (key.startsWith("$") && (place.isInsideOperator || !isOperatorObject(operand))) {
      return fail("unknown_operator", place);
    }
    return value(operand, { ...place, path: key });
  };
  const value = (operand: Json | undefined, place: Place): Node => {
    if (operand === undefined) return fail("bad_operand", place);
    if (!isOperatorObject(operand)) return clause("$eq", alike, operand, operand, place);
    if (isOver(place, 0)) return group({}, []);
    const nodes = Object.entries(operand).map(([name, inner = null]): Node => {
      const here = at(place, name);
      const source = { [name]: inner };
      if (name === "$not") return group(sourceAt(here, source), [value(inner, deeper(here))], false, true);
      if (!Object.hasOwn(OPERATORS, name)) return fail("unknown_operator", here);
      return clause(name, OPERATORS[name]!, inner, source, here);
    });
    return group(sourceAt(place, operand), nodes);
  };
  const clause = (operator: string, make: Operator, operand: Json, source: Json, place: Place): Node => {
    if (isOver(place, 1)) return group({}, []);
    const inside = { ...deeper(place), path: undefined, isInsideOperator: true };
    const test = make(operand, {
      value: (inner, index) => testOf(value(inner, index === undefined ? inside : at(inside, index))),
      condition: (inner) => testOf(condition(inner, inside)),
    });
    if (!test) return fail("bad_operand", place);
    const { path, pointer } = place;
    const steps = path?.split(".") ?? [];
    return { source: sourceAt(place, source), pointer, path: path ?? "", steps, operator, operand, test };
  };

  const node = condition(root, { depth: 1, pointer: "", isInsideOperator: false });
  return error ?? node;
}

/** The part of the condition that stands for this operand alone. */
function sourceAt({ path = "" }: Place, operand: Json): Condition {
  return { [path]: operand };
}

/** A node as the test of a value. Its error is told by the clause it stands in. */
function testOf(node: Node): Test {
  return (seen, groups) => evaluateNode(node, seen, { groups });
}
