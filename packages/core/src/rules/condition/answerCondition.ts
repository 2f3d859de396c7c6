import { isObject } from "../../event/event.ts";
import type { Json, JsonObject } from "../../json.ts";
import { get } from "../../profile/keyed.ts";
import type { Condition, ConditionOptions, OnClause } from "./condition.ts";
import { isOperatorObject, need, type Operator, OPERATORS } from "./operators.ts";
import { readPath } from "./readPath.ts";

/** Names from the top of a condition to its innermost; also what keeps the recursion short. */
const MAX_NAMES = 64;

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

/**
 * Answers a condition as far as it is known. All of it is visited, also what cannot change the answer: a trace shows every
 * clause, and a fault shows whatever the attributes are.
 * @throws RangeError whose message is a `ConditionError` code.
 */
export function answerCondition(
  condition: Condition,
  attributes: JsonObject,
  { isKnown, onClause, groups = {}, trail = [] }: AnswerOptions,
): Answer {
  /** Above 0 inside an operator: what stands there belongs to the operator's own clause. */
  let nesting = 0;

  const each = (branch: Json[] | JsonObject, answer: (name: string, inner: Json) => Answer): Answer[] =>
    Object.keys(branch).map((name) => {
      need(trail.push(name) <= MAX_NAMES, "too_complex");
      const answered = answer(name, (branch as JsonObject)[name]!);
      trail.pop();
      return answered;
    });

  const answerAll = (root: Json, source: Json): Answer => {
    need(isObject(source));
    return join(
      each(source, (name, inner) => {
        if (name === "$not") return opposite(answerAll(root, inner));
        if (/^\$(and|n?or)$/.test(name)) {
          need(Array.isArray(inner));
          const answers = each(inner, (_, one) => answerAll(root, one));
          // `$or` of nothing matches, as `$and` of nothing does.
          const joined = join(answers, name !== "$and" && inner.length > 0);
          return name === "$nor" ? opposite(joined) : joined;
        }
        // `$groups` is the one attribute of the language that is called like an operator.
        need(name[0] !== "$" || name === "$groups", "unknown_operator");
        return answerValue(readPath(root, name), inner, name);
      }),
    );
  };

  const answerValue = (seen: Json | undefined, source: Json, path = ""): Answer =>
    join(
      // A bare value goes by the operator without a name.
      each(isOperatorObject(source) ? source : { "": source }, (name, operand) => {
        if (name === "$not") return opposite(answerValue(seen, operand, path));
        const operator: Operator | undefined = get(OPERATORS, name);
        need(operator, "unknown_operator");
        const matched = operator(seen ?? null, operand, nest, groups);
        if (nesting) return matched;
        if (!isKnown(path)) return { [path]: name ? { [name]: operand } : operand };
        onClause?.({ path, operator: name || "$eq", operand, seen, matched });
        return matched;
      }),
    );

  const nest = (seen: Json, operand: Json, isCondition?: boolean): boolean => {
    nesting++;
    const matched = (isCondition ? answerAll : answerValue)(seen, operand);
    nesting--;
    return matched === true;
  };

  return answerAll(attributes, condition);
}

/** Joins answers by "all", or by "any". */
export function join(answers: Answer[], isAny = false): Answer {
  const rest = answers.filter(isObject);
  const isDecided = answers.includes(isAny);
  if (isDecided || !rest[0]) return isAny === isDecided;
  return rest[1] ? { [isAny ? "$or" : "$and"]: rest } : rest[0];
}

/** Negates an answer, known or not. */
export function opposite(answer: Answer): Answer {
  return isObject(answer) ? { $not: answer } : !answer;
}
