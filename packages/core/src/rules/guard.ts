import { isObject } from "../event/event.ts";
import type { Json } from "../json.ts";
import type { Condition } from "./condition/index.ts";
import type { SlotGuard } from "./slotPlan.ts";

/**
 * Turns what is left of a condition into a guard that the inline reader can evaluate, or undefined: `session.isNew`,
 * exact `page.path`s and one `page.query.*`, joined by and. Each fact once: two answers to one question are for `decide`.
 */
export function guardOf(rest: Condition, guard: SlotGuard = {}): SlotGuard | undefined {
  for (const [path, operand] of Object.entries(rest)) {
    if (path === "$and") {
      if (!(operand as Condition[]).every((part) => guardOf(part, guard))) return undefined;
      continue;
    }
    const values = valuesOf(operand);
    const [value] = values;
    const name = path.startsWith("page.query.") ? path.slice(11) : "";
    const isText = values[0] !== undefined && values.every((one) => typeof one === "string");
    if (path === "session.isNew" && typeof value === "boolean" && guard.new === undefined) guard.new = value;
    else if (path === "page.path" && isText && !guard.path) guard.path = values;
    else if (name && isText && !values[1] && !guard.query) guard.query = [name, value as string];
    else return undefined;
  }
  return guard;
}

/** The values that an `$eq`, an `$in` or a bare value allows; none for other operators. */
function valuesOf(operand: Json | undefined): Json[] {
  if (!isObject(operand)) return operand === undefined ? [] : [operand];
  const { $eq, $in, ...others } = operand;
  if (Object.keys(others)[0]) return [];
  return Array.isArray($in) && $eq === undefined ? $in : $eq !== undefined && $in === undefined ? [$eq] : [];
}
