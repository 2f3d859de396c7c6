/** What was measured on the visitors of one variant. */
export interface Sample {
  /** Visitors. */
  n: number;
  mean: number;
  /** Of one visitor, around the mean; unbiased. */
  variance: number;
}

/**
 * The sample of a yes or no: bought or not, sent back or not.
 * @throws RangeError when more said yes than were asked
 */
export function sampleOfRate(yes: number, n: number): Sample {
  if (yes > n) throw new RangeError(`${yes} of ${n} is no rate`);
  return sampleOfSums(n, yes, yes);
}

/** The sample of an amount, as revenue, from its sum and the sum of its squares over all visitors; those who spent nothing count. */
export function sampleOfSums(n: number, sum: number, sumOfSquares: number): Sample {
  const mean = n > 0 ? sum / n : 0;
  // Sums of floats may cancel to a little less than nothing.
  const variance = n > 1 ? Math.max(0, (sumOfSquares - n * mean * mean) / (n - 1)) : 0;
  return { n, mean, variance };
}
