import { get, type Keyed } from "./keyed.ts";
import { compareStamps, type Registers } from "./register.ts";

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
  return (entries) => {
    const at = (key: string) => get(entries as Registers<unknown>, key)!;
    cut(entries, max, (a, b) => compareStamps(at(b), at(a)) || (a < b ? -1 : 1));
  };
}

/**
 * Keeps the `max` keys with the smallest hash. Membership depends on the keys alone, so any part of a set
 * keeps at least what the whole keeps, and the values under a kept key are complete.
 */
export function smallestHash(max: number): Bound {
  return (entries) => cut(entries, max, (a, b) => hashKey(a) - hashKey(b) || (a < b ? -1 : 1));
}

/** Removes the keys that come last in `order` until `max` are left; nearly always that is one. */
function cut(entries: Keyed<unknown>, max: number, order: (a: string, b: string) => number): void {
  const keys = Object.keys(entries);
  if (keys.length === max + 1)
    delete entries[keys.reduce((last, key) => (order(last, key) < 0 ? key : last))];
  else if (keys.length > max) for (const key of keys.sort(order).slice(max)) delete entries[key];
}
