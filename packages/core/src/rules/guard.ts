import { isObject } from "../event/event.ts";
import type { Json } from "../json.ts";
import type { Condition } from "./condition/index.ts";
import type { SlotGuard } from "./slotPlan.ts";

/**
 * Turns what is left of a condition into a guard that the inline reader can evaluate, or undefined: `session.isNew`,
 * exact `page.path`s and one `page.query.*`, joined by and. Each fact once: two answers to one question are for `decide`.
 */
export function guardOf(rest: Condition | true): SlotGuard | undefined {
  const facts = factsOf(rest);
  const guard: SlotGuard = Object.assign({}, ...facts);
  // Fewer, when one is no fact or comes twice.
  return Object.keys(guard).length === facts.length ? guard : undefined;
}

function factsOf(part: Condition | true): (SlotGuard | false | undefined)[] {
  return Object.entries(part).flatMap(([path, operand]) =>
    path === "$and" ? (operand as Condition[]).flatMap(factsOf) : [factOf(path, operand)],
  );
}

/** What an `$eq`, an `$in` or a bare value asks of a page. */
function factOf(path: string, operand: Json | undefined): SlotGuard | false | undefined {
  const { $eq = operand, $in = [$eq] } = isObject(operand) ? operand : {};
  const values = $in as string[];
  const [value, another] = values;
  const isText = values.every((one) => typeof one === "string");
  if (path === "page.path") return isText && { path: values };
  if (another !== undefined) return false;
  if (path === "session.isNew") return typeof value === "boolean" && { new: value };
  // No deeper: a query is flat.
  const [, name] = /^page\.query\.([^.]+)$/.exec(path) ?? [];
  return name && isText && value !== undefined ? { query: [name, value] } : undefined;
}
