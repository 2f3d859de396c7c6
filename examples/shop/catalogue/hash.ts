/** FNV-1a over UTF-16 units with a final mix, as an unsigned 32-bit integer. Stable for ever: stock and drawings hang on it. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

/** Picks the same entry for the same text, every time. */
export function pick<T>(list: readonly T[], text: string): T {
  const entry = list[hash(text) % list.length];
  if (entry === undefined) throw new Error(`pick: nothing to choose from for "${text}"`);
  return entry;
}

/** A repeatable stream of numbers in 0..1 (mulberry32), so that a garment's folds never change between requests. */
export function createRandom(text: string): () => number {
  let state = hash(text);
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
