import type { Json, JsonObject } from "@vitrine/core";
import { daysOf, hoursOf, operandOfDays, operandOfHours, type Hours } from "./clockRow.ts";
import { FACTS, WINDOWS, factOf, hasZone, type Fact, type Operator } from "./facts.ts";
import { OWN_ZONE } from "./zones.ts";

/** A window of a count. */
export type Window = (typeof WINDOWS)[number];

/** What a row compares with. */
export type RowValue = string | number | string[];

/** A single test as a merchant fills it in. */
export type Row =
  | { kind: "choice"; fact: string; choice: string }
  | { kind: "value"; fact: string; key: string; operator: Operator; value: RowValue }
  | ({ kind: "hours"; fact: string; key: string } & Hours)
  | { kind: "weekdays"; fact: string; key: string; days: number[] }
  | {
      kind: "count";
      fact: string;
      key: string;
      operator: "atLeast" | "fewer";
      times: number;
      window: Window;
    };

const WRITTEN: Partial<Record<Operator, string>> = {
  isNot: "$ne",
  oneOf: "$in",
  noneOf: "$nin",
  moreThan: "$gt",
  atLeast: "$gte",
  atMost: "$lte",
  lessThan: "$lt",
};

/** Reads a single test; undefined for one that no row can show. */
export function rowOf(json: JsonObject): Row | undefined {
  for (const fact of FACTS) {
    const row = READERS[fact.kind === "text" || fact.kind === "number" ? "value" : fact.kind](json, fact);
    if (row) return row;
  }
  return undefined;
}

/** Writes a row as a single test. */
export function conditionOfRow(row: Row): JsonObject {
  const fact = factOf(row.fact);
  if (row.kind === "choice") return fact.kind === "choice" ? fact.choices[row.choice]! : {};
  if (fact.kind === "choice") return {};
  const path = fact.path.replace("{key}", () => row.key);
  if (row.kind === "count") {
    const enough = { $gte: row.times };
    // Nothing is less than what never happened, so "fewer" is the opposite of "at least".
    return { [`${path}.${row.window}`]: row.operator === "atLeast" ? enough : { $not: enough } };
  }
  if (row.kind === "hours") return { [path]: operandOfHours(row) };
  if (row.kind === "weekdays") return { [path]: operandOfDays(row.days) };
  return { [path]: operandOf(row.operator, row.value) };
}

/** The row that a fact begins with. */
export function firstRow(id: string): Row {
  const fact = factOf(id);
  if (fact.kind === "choice") return { kind: "choice", fact: id, choice: Object.keys(fact.choices)[0]! };
  if (fact.kind === "count")
    return { kind: "count", fact: id, key: "", operator: "atLeast", times: 1, window: "total" };
  if (fact.kind === "hours") return { kind: fact.kind, fact: id, key: OWN_ZONE, from: 9, to: 18 };
  if (fact.kind === "weekdays") return { kind: fact.kind, fact: id, key: OWN_ZONE, days: [6, 7] };
  const operator = fact.operators[0]!;
  const key = hasZone(fact) ? OWN_ZONE : "";
  return { kind: "value", fact: id, key, operator, value: fact.kind === "number" ? 1 : "" };
}

/** The row with another operator; its value stays as far as that can take it. */
export function withOperator(row: Row & { kind: "value" }, operator: Operator): Row {
  const { value } = row;
  const isList = operator === "oneOf" || operator === "noneOf";
  const plain = Array.isArray(value) ? (value[0] ?? "") : value;
  if (operator === "known" || operator === "unknown") return { ...row, operator, value: plain };
  return { ...row, operator, value: isList ? [value].flat().map(String).filter(Boolean) : plain };
}

function operandOf(operator: Operator, value: RowValue): Json {
  if (operator === "is") return value;
  if (operator === "known" || operator === "unknown") return { $exists: operator === "known" };
  if (operator === "begins") return { $regex: `^${escaped(String(value))}` };
  return { [WRITTEN[operator]!]: value };
}

const READERS: Record<Row["kind"], (json: JsonObject, fact: Fact) => Row | undefined> = {
  choice(json, fact) {
    if (fact.kind !== "choice") return undefined;
    const text = JSON.stringify(json);
    const choice = Object.keys(fact.choices).find((name) => JSON.stringify(fact.choices[name]) === text);
    return choice === undefined ? undefined : { kind: "choice", fact: fact.id, choice };
  },
  count(json, fact) {
    if (fact.kind !== "count") return undefined;
    const [[path, operand] = ["", null]] = Object.entries(json);
    const window = WINDOWS.find((one) => path.endsWith(`.${one}`));
    const key = window && keyIn(path.slice(0, -window.length - 1), fact.path);
    if (key === undefined || !isObject(operand)) return undefined;
    const { $not, $gte = isObject($not) && isOnly($not, "$gte") ? $not["$gte"] : undefined } = operand;
    if (!isOnly(operand, "$gte", "$not") || typeof $gte !== "number") return undefined;
    return {
      kind: "count",
      fact: fact.id,
      key,
      operator: $not ? "fewer" : "atLeast",
      times: $gte,
      window: window!,
    };
  },
  value(json, fact) {
    if (fact.kind !== "text" && fact.kind !== "number") return undefined;
    const [[path, operand] = ["", null]] = Object.entries(json);
    const key = keyIn(path, fact.path);
    const read = key === undefined ? undefined : readOperand(operand ?? null);
    if (!read || !fact.operators.includes(read.operator) || !fits(read, fact.kind)) return undefined;
    return { kind: "value", fact: fact.id, key: key!, ...read };
  },
  hours(json, fact) {
    const clock = clockIn(json, fact, "hours");
    const hours = clock && hoursOf(clock.operand);
    return hours && { kind: "hours", fact: fact.id, key: clock.key, ...hours };
  },
  weekdays(json, fact) {
    const clock = clockIn(json, fact, "weekdays");
    const days = clock && daysOf(clock.operand);
    return days && { kind: "weekdays", fact: fact.id, key: clock.key, days };
  },
};

/** The zone and the operand of a test on a clock. */
function clockIn(
  json: JsonObject,
  fact: Fact,
  kind: "hours" | "weekdays",
): { key: string; operand: Json } | undefined {
  const [[path, operand] = ["", null]] = Object.entries(json);
  const key = fact.kind === kind ? keyIn(path, fact.path) : undefined;
  return key === undefined ? undefined : { key, operand: operand ?? null };
}

/** An operand as a row would say it, whatever the value is. */
interface Read {
  operator: Operator;
  value: Json;
}

function readOperand(operand: Json): Read | undefined {
  if (!isObject(operand)) return { operator: "is", value: operand };
  const [[name, value] = ["", null], another] = Object.entries(operand);
  if (another) return undefined;
  if (name === "$exists" && typeof value === "boolean")
    return { operator: value ? "known" : "unknown", value: "" };
  if (name === "$regex" && typeof value === "string" && value.startsWith("^")) {
    const plain = value.slice(1).replace(/\\(.)/g, "$1");
    return escaped(plain) === value.slice(1) ? { operator: "begins", value: plain } : undefined;
  }
  const operator = (Object.keys(WRITTEN) as Operator[]).find((one) => WRITTEN[one] === name);
  return operator && { operator, value: value ?? null };
}

/** Whether a row's input can hold the value as it is. */
function fits(read: Read, kind: "text" | "number"): read is Read & { value: RowValue } {
  const { operator, value } = read;
  if (operator === "known" || operator === "unknown") return true;
  if (operator === "oneOf" || operator === "noneOf")
    return Array.isArray(value) && value.every((one) => typeof one === "string" && !one.includes(","));
  return kind === "number" ? typeof value === "number" : typeof value === "string";
}

/** What stands for `{key}` in a path; `""` where a fact has none. */
function keyIn(path: string, template: string): string | undefined {
  const [head = "", tail] = template.split("{key}");
  if (tail === undefined) return path === template ? "" : undefined;
  const key = path.slice(head.length, path.length - tail.length);
  return path.startsWith(head) && path.endsWith(tail) && !key.includes(".") ? key : undefined;
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

const isOnly = (object: JsonObject, ...names: string[]): boolean => {
  const keys = Object.keys(object);
  return keys.length === 1 && names.includes(keys[0]!);
};

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
