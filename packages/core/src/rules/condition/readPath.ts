import type { Json, JsonObject } from "../../json.ts";
import { get } from "../../profile/keyed.ts";

/**
 * Walks the steps of a path over own properties only: `__proto__`, `constructor` and their like are names as any other,
 * found only when the data has them. Lists have indexes and `length`.
 * @returns `undefined` when a step is missing.
 */
export function readPath(root: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce((value, step) => (isBranch(value) ? get(value as JsonObject, step) : undefined), root);
}

/** Tells whether a value holds others. */
export function isBranch(value: Json | undefined): value is Json[] | JsonObject {
  return typeof value === "object" && value !== null;
}
