import type { JsonObject } from "@vitrine/core";
import type { Cursor } from "./problems.ts";
import { readCondition } from "./readCondition.ts";
import { readName } from "./readName.ts";

const MAX_SEGMENTS = 100;

/** Segments are about people, wherever these are met: a page's address or a visit's beginning is not theirs. */
const ROOTS = ["profile"];

/** Reads named conditions; those that cannot be used are left out (and noted). */
export function readSegments(at: Cursor): Record<string, JsonObject> | undefined {
  if (typeof at.value !== "object" || at.value === null || Array.isArray(at.value))
    return at.fail("Must be an object.");
  const segments = at.value as Record<string, JsonObject>;
  const names = Object.keys(segments);
  if (names.length > MAX_SEGMENTS)
    return at.fail(`Holds ${names.length} segments; at most ${MAX_SEGMENTS} are allowed.`);
  return Object.fromEntries(
    names.flatMap((name) => {
      const inner = at.to(name);
      const isNamed = readName({ ...inner, value: name }) !== undefined;
      const condition = readCondition(inner, { segments, roots: ROOTS });
      return isNamed && condition ? [[name, condition]] : [];
    }),
  );
}
