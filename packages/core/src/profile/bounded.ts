import type { Keyed } from "./keyed.ts";
import { compareStamps, type Stamp } from "./register.ts";

/** A mergeable bound: trims in place, so that trimming early, late or never-till-the-end leaves the same keys. */
export type Bound = (entries: Keyed<unknown>) => void;

/** FNV-1a over UTF-16 units, 32 bits; only spreads keys, nobody's secret depends on it. */
export function hashKey(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/**
 * Keeps the `max` newest registers (ties by key).
 * Lawful for registers only: what was cut can return only with a newer time.
 */
export function newest(max: number): Bound {
  return cut(
    max,
    (entries, a, b) => compareStamps(entries[b] as Stamp, entries[a] as Stamp) || (a < b ? -1 : 1),
  );
}

/**
 * Keeps the `max` keys with the smallest hash. Membership depends on the keys alone, so any part of a set
 * keeps at least what the whole keeps, and the values under a kept key are complete.
 */
export function smallestHash(max: number): Bound {
  return cut(max, (_, a, b) => hashKey(a) - hashKey(b) || (a < b ? -1 : 1));
}

/** Up to this many keys, looking for the last one again and again is cheaper than to sort them all. */
const FEW = 4;

/** Removes the keys that come last in `order` until `max` are left; after one event that is nearly always one. */
function cut(max: number, order: (entries: Keyed<unknown>, a: string, b: string) => number): Bound {
  return (entries) => {
    const keys = Object.keys(entries);
    if (keys.length > max + FEW) keys.sort((a, b) => order(entries, a, b));
    for (let left = keys.length; left > max; left--) {
      let last = left - 1;
      if (keys.length <= max + FEW)
        for (let at = 0; at < left; at++) if (order(entries, keys[last]!, keys[at]!) < 0) last = at;
      delete entries[keys[last]!];
      keys[last] = keys[left - 1]!;
    }
  };
}
