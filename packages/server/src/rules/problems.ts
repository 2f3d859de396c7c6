import type { Json, JsonObject } from "@vitrine/core";

/** What is wrong with one place of a ruleset, in words that say what to do. */
export interface RuleProblem {
  /** JSON pointer into the checked document: `/rules/0/action/href`. */
  path: string;
  message: string;
}

/** Collects problems while a document is read; a cursor knows its place in the document. */
export interface Cursor {
  path: string;
  value: unknown;
  /** Notes a problem here. Returns undefined, so that a reader can `return at.fail(…)`. */
  fail(message: string): undefined;
  /** The cursor of a field or an item. */
  to(key: string | number): Cursor;
}

/** Problems told at most; a document with more is not a ruleset but something else. */
const MAX_PROBLEMS = 50;

/** A cursor at the root of `value`, noting into `problems`. */
export function cursorAt(value: unknown, problems: RuleProblem[], path = ""): Cursor {
  return {
    path,
    value,
    fail(message) {
      if (problems.length < MAX_PROBLEMS) problems.push({ path, message });
      return undefined;
    },
    to(key) {
      const own = typeof value === "object" && value !== null && Object.hasOwn(value, key);
      const inner = own ? (value as Record<string, unknown>)[key] : undefined;
      return cursorAt(inner, problems, `${path}/${`${key}`.replaceAll("~", "~0").replaceAll("/", "~1")}`);
    },
  };
}

/** Reads an object and complains of fields nobody reads: they are usually typing errors. */
export function readObject(at: Cursor, fields: readonly string[]): JsonObject | undefined {
  const { value } = at;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return at.fail("Must be an object.");
  for (const key of Object.keys(value)) {
    if (!fields.includes(key)) at.to(key).fail(`Unknown field. Known here: ${fields.join(", ")}.`);
  }
  return value as JsonObject;
}

/** Reads a list of at most `max` items with `read`; items that fail are left out (and noted). */
export function readList<T>(at: Cursor, max: number, read: (item: Cursor) => T | undefined): T[] | undefined {
  const { value } = at;
  if (!Array.isArray(value)) return at.fail("Must be a list.");
  if (value.length > max) return at.fail(`Holds ${value.length} entries; at most ${max} are allowed.`);
  return value.flatMap((_, index) => read(at.to(index)) ?? []);
}

/** Reads a text of 1 to `max` characters. */
export function readText(at: Cursor, max: number): string | undefined {
  if (typeof at.value !== "string") return at.fail("Must be a text.");
  if (at.value.trim() === "") return at.fail("Must not be empty.");
  if (at.value.length > max) return at.fail(`Has ${at.value.length} characters; at most ${max} are allowed.`);
  return at.value;
}

/** Reads one of a few words. */
export function readWord<T extends string>(at: Cursor, words: readonly T[]): T | undefined {
  return words.find((word) => word === at.value) ?? at.fail(`Must be one of: ${words.join(", ")}.`);
}

/** Reads an integer within bounds. */
export function readInteger(at: Cursor, min: number, max: number): number | undefined {
  const { value } = at;
  const fits = typeof value === "number" && Number.isInteger(value) && value >= min && value <= max;
  return fits ? value : at.fail(`Must be a whole number from ${min} to ${max}.`);
}

/** Reads any JSON whose text is at most `maxChars` long. */
export function readJson(at: Cursor, maxChars: number): Json | undefined {
  if (at.value === undefined) return at.fail("Is missing.");
  const { length } = JSON.stringify(at.value);
  return length <= maxChars
    ? (at.value as Json)
    : at.fail(`Takes ${length} characters; at most ${maxChars} are allowed.`);
}

/** Reads a field that may be absent. */
export function optional<T>(at: Cursor, read: (at: Cursor) => T | undefined): T | undefined {
  return at.value === undefined ? undefined : read(at);
}
