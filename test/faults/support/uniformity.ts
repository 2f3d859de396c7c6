/** Numbers in 0..1 that depend on the seed alone: mulberry32. */
export function seededChance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Kolmogorov and Smirnov's distance of numbers from the uniform distribution on 0..1, times the root of their count. */
export function distanceFromUniform(numbers: number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const count = sorted.length;
  const distances = sorted.map((value, at) => Math.max((at + 1) / count - value, value - at / count));
  return Math.max(...distances) * Math.sqrt(count);
}

/** The distance that uniform numbers exceed with a probability of 1 % in any of 200 samples. */
export const MAX_DISTANCE = 2.3;
