import type { Json, JsonObject } from "@vitrine/core";
import { strings } from "../strings.ts";

const text = strings.rules;

/** A condition in words: clauses that must all hold, each one line. */
export function wordsOfCondition(condition: JsonObject | undefined): string[] {
  if (!condition || Object.keys(condition).length === 0) return [text.always];
  return Object.entries(condition).flatMap(([key, operand]) => wordsOfEntry(key, operand ?? null));
}

function wordsOfEntry(key: string, operand: Json): string[] {
  if (key === "$segment" && typeof operand === "string") return [text.inSegment(operand)];
  if (key === "$and" && Array.isArray(operand))
    return operand.flatMap((one) => wordsOfCondition(asObject(one)));
  if ((key === "$or" || key === "$nor") && Array.isArray(operand)) {
    const parts = operand.map((one) => wordsOfCondition(asObject(one)).join(` ${text.allOf} `)).join("; ");
    return [`${key === "$nor" ? `${text.not} ` : ""}${text.anyOf}: ${parts}`];
  }
  if (key === "$not") return [`${text.not}: ${wordsOfCondition(asObject(operand)).join(` ${text.allOf} `)}`];
  if (!isOperators(operand)) return [wordsOfClause(key, "$eq", operand)];
  return Object.entries(operand).map(([operator, inner]) =>
    operator === "$not"
      ? `${text.not}: ${wordsOfEntry(key, inner ?? null).join(` ${text.allOf} `)}`
      : wordsOfClause(key, operator, inner ?? null),
  );
}

/** One test in words: `items in the cart more than 0`. */
export function wordsOfClause(path: string, operator: string, operand: Json): string {
  const [, zone, fact] = /^time\.([^.]+)\.(hour|weekday|date)$/.exec(path) ?? [];
  const own = Object.hasOwn(text.attributes, path) ? text.attributes[path]! : path;
  const name = zone ? text.ofTime(fact!, zone) : own;
  if (operator === "$exists") return `${name} ${operand === false ? text.missing : text.exists}`;
  if (operator === "$eq" && operand === true) return name;
  if (operator === "$eq" && operand === false) return `${text.not}: ${name}`;
  const word = Object.hasOwn(text.operators, operator) ? text.operators[operator]! : operator;
  return `${name} ${word} ${wordsOfValue(fact === "weekday" ? namedDays(operand) : operand)}`;
}

function namedDays(value: Json): Json {
  if (Array.isArray(value)) return value.map(namedDays);
  return strings.ruleForm.weekdays[Number(value) - 1] ?? value;
}

function wordsOfValue(value: Json): string {
  if (Array.isArray(value)) return value.map(wordsOfValue).join(", ");
  if (typeof value === "string") return `“${value}”`;
  return JSON.stringify(value);
}

const asObject = (value: Json): JsonObject | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;

function isOperators(value: Json): value is JsonObject {
  const object = asObject(value);
  return object !== undefined && Object.keys(object).some((key) => key.startsWith("$"));
}
