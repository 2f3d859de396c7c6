import type { Json, JsonObject } from "../../json.ts";
import { get } from "../../profile/keyed.ts";
import { isBranch } from "./readPath.ts";

/** Compares by content; the order of an object's keys does not count. Goes no deeper than both do. */
export function isEqual(seen: Json | undefined, operand: Json | undefined): boolean {
  if (!isBranch(seen) || !isBranch(operand)) return seen === operand;
  const keys = Object.keys(operand);
  return (
    Array.isArray(seen) === Array.isArray(operand) &&
    Object.keys(seen).length === keys.length &&
    keys.every((key) => isEqual(get(seen as JsonObject, key), get(operand as JsonObject, key)))
  );
}

/**
 * Equality of a bare value, as in `{"cart.count": 3}`: text and numbers that look the same are equal, and `true` is
 * everything truthy. Lists and objects are not turned into text: their own `toString` would be data from outside.
 */
export function isAlike(seen: Json, operand: Json): boolean {
  if (seen === null || operand === null || isBranch(operand)) return isEqual(seen, operand);
  if (typeof operand === "boolean") return Boolean(seen) === operand;
  return !isBranch(seen) && `${seen}` === `${operand}`;
}
