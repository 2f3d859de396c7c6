import type { Json, JsonObject } from "../json.ts";
import { put } from "../profile/keyed.ts";

const UNSTORABLE = /[\0\p{Surrogate}]/gu;

/**
 * Copies a JSON value so that every store and every JSON text can hold it: lone surrogates and NUL become
 * U+FFFD, in keys too (of keys that become equal the last stands), numbers beyond all bounds become null, and -0 becomes 0.
 */
export function makeStorable(value: Json): Json {
  if (typeof value === "string") return storableText(value);
  if (typeof value === "number") return Number.isFinite(value) ? value + 0 : null;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(makeStorable);
  const copy: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined) put(copy, storableText(key), makeStorable(item));
  }
  return copy;
}

const storableText = (text: string) => text.replace(UNSTORABLE, "\ufffd");
