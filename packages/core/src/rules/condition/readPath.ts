import type { Json, JsonObject } from "../../json.ts";

/**
 * Walks a dotted path over own properties only: `__proto__`, `constructor` and their like are names as any other, found
 * only when the data has them.
 * @returns `undefined` when a step is missing.
 */
export function readPath(root: Json, path: string): Json | undefined {
  let value: Json | undefined = root;
  for (const step of path.split(".")) value = isBranch(value) ? readOwn(value, step) : undefined;
  return value;
}

/** Reads an own property of an object, or an entry or the `length` of a list. */
export function readOwn(branch: Json[] | JsonObject, key: string): Json | undefined {
  return Object.hasOwn(branch, key) ? Reflect.get(branch, key) : undefined;
}

/** Tells whether a value holds others. */
export function isBranch(value: Json | undefined): value is Json[] | JsonObject {
  return typeof value === "object" && value !== null;
}

/** Tells whether a value is an object, a list not being one. */
export function isObject(value: Json | undefined): value is JsonObject {
  return isBranch(value) && !Array.isArray(value);
}
