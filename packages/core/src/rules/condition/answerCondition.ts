import { isObject } from "../../event/event.ts";
import type { Json, JsonObject } from "../../json.ts";
import { get } from "../../profile/keyed.ts";
import type { Condition, ConditionOptions, OnClause } from "./condition.ts";
import { isOperatorObject, need, type Nest, type Operator, OPERATORS, type Test } from "./operators.ts";
import { readPath } from "./readPath.ts";

/** Names from the top of a condition to its innermost; also what keeps the recursion short. */
const MAX_NAMES = 64;

/**
 * All names of a condition, places in lists and bare values among them: three for each of the 1,000 clauses that publishing allows,
 * and what a plan adds to them.
 */
const MAX_ALL_NAMES = 3_100;

/** True or false, or what is left to decide. */
export type Answer = boolean | Condition;

/** How a condition is answered. */
export interface AnswerOptions extends ConditionOptions {
  /** Tells of an attribute's full path whether its value is final, or missing for good. */
  isKnown: (path: string) => boolean;
  onClause?: OnClause | undefined;
  /** The names that lead to the fault, after a throw. */
  trail?: string[];
}

/** A part of a condition, ready to be asked. It trusts what it was made from: all faults showed then. */
type Step = (seen: Json | undefined, options: AnswerOptions) => Answer;

/** What conditions compiled to, for as long as they live. One with a fault is not kept: its fault shows every time. */
const compiled = new WeakMap<Condition, Step>();

/**
 * Answers a condition as far as it is known. Every clause that is known is told of, also what cannot change the answer.
 * @throws RangeError whose message is a `ConditionError` code.
 */
export function answerCondition(
  condition: Condition,
  attributes: JsonObject,
  options: AnswerOptions,
): Answer {
  let step = compiled.get(condition);
  if (!step) compiled.set(condition, (step = compile(condition, options.trail)));
  return step(attributes, options);
}

/** Compiles all of a condition, also what no attributes may reach: a fault shows whatever they are. */
function compile(condition: Condition, trail: string[] = []): Step {
  /** Above 0 inside an operator: what stands there belongs to the operator's own clause. */
  let nesting = 0;
  let names = 0;

  const each = (branch: Json[] | JsonObject, stepOf: (name: string, inner: Json) => Step): Step[] =>
    Object.keys(branch).map((name) => {
      need(++names <= MAX_ALL_NAMES && trail.push(name) <= MAX_NAMES, "too_complex");
      const step = stepOf(name, (branch as JsonObject)[name]!);
      trail.pop();
      return step;
    });

  const compileAll = (source: Json): Step => {
    need(isObject(source));
    return joined(
      each(source, (name, inner) => {
        if (name === "$not") return negated(compileAll(inner));
        if (/^\$(and|n?or)$/.test(name)) {
          need(Array.isArray(inner));
          const steps = each(inner, (_, one) => compileAll(one));
          // `$or` of nothing matches, as `$and` of nothing does.
          const step = joined(steps, name !== "$and" && inner.length > 0);
          return name === "$nor" ? negated(step) : step;
        }
        // `$groups` is the one attribute of the language that is called like an operator.
        need(name[0] !== "$" || name === "$groups", "unknown_operator");
        const path = name.split(".");
        const step = compileValue(inner, name);
        return (root, options) => step(readPath(root, path), options);
      }),
    );
  };

  const compileValue = (source: Json, path = ""): Step =>
    joined(
      // A bare value goes by the operator without a name.
      each(isOperatorObject(source) ? source : { "": source }, (name, operand) => {
        if (name === "$not") return negated(compileValue(operand, path));
        const operator: Operator | undefined = get(OPERATORS, name);
        need(operator, "unknown_operator");
        const test = operator(operand, nest);
        if (nesting) return (seen, options) => test(seen ?? null, options);
        return (seen, options) => {
          if (!options.isKnown(path)) return { [path]: name ? { [name]: operand } : operand };
          const matched = test(seen ?? null, options);
          options.onClause?.({ path, operator: name || "$eq", operand, seen, matched });
          return matched;
        };
      }),
    );

  const nest: Nest = (operand, isCondition) => {
    nesting++;
    const step = (isCondition ? compileAll : compileValue)(operand);
    nesting--;
    // All is known inside an operator.
    return step as Test;
  };

  return compileAll(condition);
}

const joined = (steps: Step[], isAny?: boolean): Step =>
  steps.length === 1
    ? steps[0]!
    : (seen, options) =>
        join(
          steps.map((step) => step(seen, options)),
          isAny,
        );

const negated =
  (step: Step): Step =>
  (seen, options) =>
    opposite(step(seen, options));

/** Joins answers by "all", or by "any". */
export function join(answers: Answer[], isAny = false): Answer {
  if (answers.includes(isAny)) return isAny;
  const rest = answers.filter(isObject);
  if (!rest[0]) return !isAny;
  return rest[1] ? { [isAny ? "$or" : "$and"]: rest } : rest[0];
}

/** Negates an answer, known or not. */
export function opposite(answer: Answer): Answer {
  return isObject(answer) ? { $not: answer } : !answer;
}
