/** From (included) and to (excluded), both in 0..1. */
export type BucketRange = readonly [from: number, to: number];

/**
 * Cuts 0..1 into one range for each variant.
 * With a coverage below 1 every range keeps its start and loses its end, so that raising the coverage later moves nobody
 * from one variant to another. Weights that cannot be used (wrong count, negative, sum not near 1) give equal shares.
 * @param coverage share of people who take part, in 0..1; what lies outside is clamped.
 */
export function bucketRanges(
  count: number,
  coverage: number = 1,
  weights: readonly number[] = [],
): BucketRange[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const usable =
    weights.length === count && sum >= 0.99 && sum <= 1.01 && weights.every((weight) => weight >= 0);
  let start = 0;
  return (usable ? weights : equalWeights(count)).map((weight) => {
    const from = start;
    start += weight;
    return [from, from + Math.min(Math.max(coverage, 0), 1) * weight];
  });
}

/** Shares 1 among `count` variants equally; no variants, no shares. */
export function equalWeights(count: number): number[] {
  return Array.from({ length: count }, () => 1 / count);
}

/**
 * Finds the variant whose range holds `bucket`.
 * @returns the variant's index, or -1 for people outside all ranges.
 */
export function chooseVariant(bucket: number, ranges: readonly BucketRange[]): number {
  return ranges.findIndex(([from, to]) => bucket >= from && bucket < to);
}
