import { isObject } from "../event/event.ts";
import type { Json, JsonObject } from "../json.ts";
import { get } from "../profile/keyed.ts";

/** Named conditions on `profile.*`: who somebody is, said once and used in many rules. */
export type Segments = Readonly<Record<string, JsonObject>>;

/** Most names of attributes and operators that a condition comes to: segments that name others twice would double with each step. */
const MAX_NAMES = 5_000;

/**
 * Puts each segment's condition in the place of its name (`{"$segment": "returning"}`), so that whatever evaluates conditions needs to
 * know nothing of segments. A segment may name others.
 * @throws RangeError for a name that there is not, for a segment that contains itself, and for what comes to too much; the message
 * says which
 */
export function expandSegments(condition: JsonObject, segments: Segments = {}): JsonObject {
  let names = 0;

  const expandAll = (all: JsonObject, within: readonly string[]): JsonObject => {
    const expand = (one: Json | undefined): Json => (isObject(one) ? expandAll(one, within) : (one ?? null));
    const { $segment, ...rest } = all;
    const entries = Object.entries(rest);
    names += entries.length + 1;
    if (names > MAX_NAMES)
      throw new RangeError(`Comes to more than ${MAX_NAMES} names with its segments; name fewer of them.`);
    const expanded = Object.fromEntries(
      entries.map(([key, inner]) => [
        key,
        key === "$not"
          ? expand(inner)
          : /^\$(and|n?or)$/.test(key) && Array.isArray(inner)
            ? inner.map(expand)
            : inner!,
      ]),
    );
    if ($segment === undefined) return expanded;
    const named = expandNamed($segment, within);
    return Object.keys(expanded).length > 0 ? { $and: [expanded, named] } : named;
  };

  const expandNamed = (name: Json, within: readonly string[]): JsonObject => {
    const found = typeof name === "string" ? get(segments, name) : undefined;
    if (typeof name !== "string" || !found)
      throw new RangeError(`There is no segment ${JSON.stringify(name)}; define it under "segments".`);
    if (within.includes(name))
      throw new RangeError(`The segment "${name}" contains itself: ${[...within, name].join(" → ")}.`);
    return expandAll(found, [...within, name]);
  };

  return expandAll(condition, []);
}
