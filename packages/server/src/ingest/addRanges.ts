import type { Ranges } from "@vitrine/core";

/** The union of two sets of ranges. O(ranges), whatever their sizes. */
export function addRanges(a: Ranges, b: Ranges): Ranges {
  const pairs = [...pairsOf(a), ...pairsOf(b)].sort((x, y) => x[0] - y[0]);
  const union: Ranges = [];
  for (const [from, to] of pairs) {
    const end = union.length - 1;
    if (end >= 0 && from <= union[end]! + 1) union[end] = Math.max(union[end]!, to);
    else union.push(from, to);
  }
  return union;
}

function pairsOf(ranges: Ranges): [from: number, to: number][] {
  const pairs: [number, number][] = [];
  for (let i = 0; i + 1 < ranges.length; i += 2) pairs.push([ranges[i]!, ranges[i + 1]!]);
  return pairs;
}
