import { isObject } from "../event/event.ts";
import type { Json } from "../json.ts";
import type { Condition } from "./condition/index.ts";
import type { SlotGuard } from "./slotPlan.ts";

/**
 * Turns what is left of a condition into a guard that the inline reader can evaluate, or undefined:
 * `session.isNew`, exact `page.path`s, and one `page.query.*`, joined by and.
 */
export function guardOf(rest: Condition): SlotGuard | undefined {
  const guard: SlotGuard = {};
  return addClauses(rest, guard) ? guard : undefined;
}

function addClauses(condition: Condition, guard: SlotGuard): boolean {
  return Object.entries(condition).every(([key, operand]) => {
    if (key === "$and")
      return Array.isArray(operand) && operand.every((part) => isObject(part) && addClauses(part, guard));
    return addClause(key, valuesOf(operand), guard);
  });
}

/** The values that an `$eq`, an `$in` or a bare value allows. */
function valuesOf(operand: Json | undefined): Json[] {
  if (!isObject(operand)) return operand === undefined || Array.isArray(operand) ? [] : [operand];
  const [[operator, value] = [], second] = Object.entries(operand);
  if (second) return [];
  return operator === "$eq" && value !== undefined
    ? [value]
    : operator === "$in" && Array.isArray(value)
      ? value
      : [];
}

/** Each fact may be asked once: two answers to one question are for `decide`. */
function addClause(path: string, values: Json[], guard: SlotGuard): boolean {
  const [value] = values;
  if (
    path === "session.isNew" &&
    typeof value === "boolean" &&
    values.length === 1 &&
    guard.new === undefined
  ) {
    guard.new = value;
    return true;
  }
  if (values.length === 0 || !values.every((one) => typeof one === "string")) return false;
  if (path === "page.path" && !guard.path) {
    guard.path = values;
    return true;
  }
  const name = /^page\.query\.(.+)$/.exec(path)?.[1];
  if (!name || guard.query || values.length > 1) return false;
  guard.query = [name, value as string];
  return true;
}
