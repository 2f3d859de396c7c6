import type { Json } from "../../json.ts";
import { isBranch, readOwn } from "./readPath.ts";

/** Compares by content; the order of an object's keys does not count. Goes no deeper than `expected` does. */
export function isEqual(actual: Json | undefined, expected: Json | undefined): boolean {
  if (!isBranch(actual) || !isBranch(expected)) return actual === expected;
  const entries = Object.entries(expected);
  return (
    Array.isArray(actual) === Array.isArray(expected) &&
    Object.keys(actual).length === entries.length &&
    entries.every(([key, value]) => isEqual(readOwn(actual, key), value))
  );
}

/**
 * Equality of a bare value, as in `{"cart.count": 3}`: text and numbers that look the same are equal, and `true` is
 * everything truthy. Lists and objects are not turned into text: their own `toString` would be data from outside.
 */
export function isAlike(actual: Json, expected: Json): boolean {
  if (actual === null || expected === null || isBranch(expected)) return isEqual(actual, expected);
  if (typeof expected === "boolean") return Boolean(actual) === expected;
  return !isBranch(actual) && (typeof expected === "number" ? Number(actual) : String(actual)) === expected;
}
