/**
 * Hashes a person into one of a few thousand places in 0..1, the same on every device.
 * @param seed what keeps one experiment independent of the next: the rule's id.
 * @param value who is bucketed: the anonymous id at first exposure.
 * @param version `2` (four decimals, unbiased) or `1` (three decimals, kept for namespaces and old experiments).
 * @returns a number in 0 (included) to 1 (excluded), or `null` for a version this code does not know.
 * @see GrowthBook's SDK specification, "hash"
 */
export function bucketHash(seed: string, value: string, version: number): number | null {
  if (version === 2) return bucketPlace(seed, value);
  if (version === 1) return (fnv32a(value + seed) % 1_000) / 1_000;
  return null;
}

/** The hash of version 2, which Vitrine uses: all that a page needs of it. */
export function bucketPlace(seed: string, value: string): number {
  return (fnv32a(`${fnv32a(seed + value)}`) % 10_000) / 10_000;
}

/** FNV-1a over UTF-16 code units, not bytes: that is what the public cases hash. */
function fnv32a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
