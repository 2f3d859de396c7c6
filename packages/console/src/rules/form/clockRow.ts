import type { Json, JsonObject } from "@vitrine/core";

/** From one full hour to another, which no longer counts; over midnight where it is not later. */
export interface Hours {
  /** 0 to 23. */
  from: number;
  /** 1 to 24. */
  to: number;
}

const isWithin = (value: Json | undefined, min: number, max: number): value is number =>
  Number.isInteger(value) && (value as number) >= min && (value as number) <= max;

/** Writes hours as one test: a list where both ends bound it, so that a night is no different from a day. */
export function operandOfHours({ from, to }: Hours): JsonObject {
  if (to === 24) return { $gte: from };
  if (from === 0) return { $lt: to };
  const count = (to - from + 24) % 24 || 24;
  return { $in: Array.from({ length: count }, (_, i) => (from + i) % 24) };
}

/** Reads hours; undefined for what no row can show. */
export function hoursOf(operand: Json): Hours | undefined {
  if (isWithin(operand, 0, 23)) return { from: operand, to: operand + 1 };
  const [name, value] = onlyEntry(operand);
  if (name === "$gte" && isWithin(value, 0, 23)) return { from: value, to: 24 };
  if (name === "$lt" && isWithin(value, 1, 24)) return { from: 0, to: value };
  if (name !== "$in" || !Array.isArray(value) || value.length > 24) return undefined;
  const [from] = value;
  if (!isWithin(from, 0, 23) || !value.every((one, i) => one === (from + i) % 24)) return undefined;
  return { from, to: (value.at(-1) as number) + 1 };
}

/** Writes weekdays, 1 (Monday) to 7. */
export function operandOfDays(days: readonly number[]): Json {
  return days.length === 1 ? days[0]! : { $in: [...days].sort((a, b) => a - b) };
}

/** Reads weekdays; undefined for what no row can show. */
export function daysOf(operand: Json): number[] | undefined {
  if (isWithin(operand, 1, 7)) return [operand];
  const [name, value] = onlyEntry(operand);
  if (name !== "$in" || !Array.isArray(value)) return undefined;
  const days = value.filter((one) => isWithin(one, 1, 7));
  return days.length === value.length && new Set(days).size === days.length ? days : undefined;
}

function onlyEntry(operand: Json): [name?: string, value?: Json | undefined] {
  if (typeof operand !== "object" || operand === null || Array.isArray(operand)) return [];
  const [entry, another] = Object.entries(operand);
  return entry && !another ? [entry[0], entry[1]] : [];
}
