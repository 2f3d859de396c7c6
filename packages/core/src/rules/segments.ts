import { isObject } from "../event/event.ts";
import type { Json, JsonObject } from "../json.ts";
import { get } from "../profile/keyed.ts";

/** Named conditions on `profile.*`: who somebody is, said once and used in many rules. */
export type Segments = Readonly<Record<string, JsonObject>>;

/**
 * Puts each segment's condition in the place of its name (`{"$segment": "returning"}`), so that whatever evaluates conditions needs to
 * know nothing of segments. A segment may name others.
 * @throws RangeError for a name that there is not, and for a segment that contains itself; the message says which
 */
export function expandSegments(
  condition: JsonObject,
  segments: Segments = {},
  within: readonly string[] = [],
): JsonObject {
  const expand = (one: Json | undefined): Json =>
    isObject(one) ? expandSegments(one, segments, within) : (one ?? null);
  const { $segment, ...rest } = condition;
  const expanded = Object.fromEntries(
    Object.entries(rest).map(([key, inner]) => [
      key,
      key === "$not"
        ? expand(inner)
        : /^\$(and|n?or)$/.test(key) && Array.isArray(inner)
          ? inner.map(expand)
          : inner!,
    ]),
  );
  if ($segment === undefined) return expanded;
  const named = segmentOf($segment, segments, within);
  return Object.keys(expanded).length > 0 ? { $and: [expanded, named] } : named;
}

function segmentOf(name: Json, segments: Segments, within: readonly string[]): JsonObject {
  const found = typeof name === "string" ? get(segments, name) : undefined;
  if (typeof name !== "string" || !found)
    throw new RangeError(`There is no segment ${JSON.stringify(name)}; define it under "segments".`);
  if (within.includes(name))
    throw new RangeError(`The segment "${name}" contains itself: ${[...within, name].join(" → ")}.`);
  return expandSegments(found, segments, [...within, name]);
}
