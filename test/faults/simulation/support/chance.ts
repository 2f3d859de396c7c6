/** Chance that a seed repeats. */
export interface Chance {
  /** In 0..1, without 1. */
  next: () => number;
  /** An integer from 0, below `count`. */
  below: (count: number) => number;
  /** True with this probability. */
  yes: (probability: number) => boolean;
  pick: <T>(list: readonly T[]) => T;
}

/** Creates chance from a seed: mulberry32, which needs no more state than one integer. */
export function createChance(seed: number): Chance {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count: number) => Math.floor(next() * count);
  return {
    next,
    below,
    yes: (probability) => next() < probability,
    pick: (list) => list[below(list.length)]!,
  };
}
