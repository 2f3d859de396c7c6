/** Integers from 1 as sorted, disjoint, non-touching ranges, flat: `[1, 50, 60, 70]` is 1–50 and 60–70. */
export type Ranges = number[];

/** True when `n` lies in a range. O(log ranges). */
export function inRanges(ranges: Ranges, n: number): boolean {
  return rangeIndex(ranges, n) % 2 === 1 || ranges[rangeIndex(ranges, n)] === n;
}

/**
 * Adds `n`.
 * @returns false when it was there already.
 */
export function addToRanges(ranges: Ranges, n: number): boolean {
  const last = ranges.length - 1;
  if (n === ranges[last]! + 1) {
    ranges[last] = n; // the usual case: the next one of an ordered writer
    return true;
  }
  const at = rangeIndex(ranges, n);
  if (at % 2 === 1 || ranges[at] === n) return false;
  const joinsLeft = ranges[at - 1] === n - 1;
  const joinsRight = ranges[at] === n + 1;
  if (joinsLeft && joinsRight) ranges.splice(at - 1, 2);
  else if (joinsLeft) ranges[at - 1] = n;
  else if (joinsRight) ranges[at] = n;
  else ranges.splice(at, 0, n, n);
  return true;
}

/** How many integers the ranges hold. */
export function sizeOfRanges(ranges: Ranges): number {
  let size = 0;
  for (let i = 0; i < ranges.length; i += 2) size += ranges[i + 1]! - ranges[i]! + 1;
  return size;
}

/** What is missing in 1..`last`, as ranges. */
export function missingInRanges(ranges: Ranges, last: number): Ranges {
  const missing: Ranges = [];
  let next = 1;
  for (let i = 0; i < ranges.length && next <= last; i += 2) {
    if (ranges[i]! > next) missing.push(next, Math.min(ranges[i]! - 1, last));
    next = ranges[i + 1]! + 1;
  }
  if (next <= last) missing.push(next, last);
  return missing;
}

/** Index of the first bound ≥ `n`: odd inside a range (or at its end), even between ranges or at a start. */
function rangeIndex(ranges: Ranges, n: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (ranges[mid]! < n) low = mid + 1;
    else high = mid;
  }
  return low;
}
