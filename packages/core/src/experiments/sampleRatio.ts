/** Whether visitors fell to the variants as they should. */
export interface SampleRatio {
  /** Chance of a split as odd as this at any look, if the split were right; 1 is no doubt at all. */
  p: number;
  /** Below 0.001 the comparison is not to be trusted: something chooses who is counted. */
  isBroken: boolean;
}

/** How sure of its weights the test starts out, in visitors: fewer see a gross fault sooner, more a fine one. */
const PRIOR = 100;

/**
 * Checks a split by a sequential multinomial test (Lindon, Malek: "Anytime-valid inference for multinomial count data",
 * NeurIPS 2022): it may be looked at after every visitor.
 * @param counts visitors by variant
 * @param weights of the variants, as the rule says; they need not add up to 1
 * @throws RangeError where a variant without a weight was counted
 */
export function checkSampleRatio(counts: readonly number[], weights: readonly number[]): SampleRatio {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const variants = counts.map((count, place) => ({ count, share: (weights[place] ?? 0) / total }));
  if (variants.some(({ count, share }) => count > 0 && !(share > 0)))
    throw new RangeError("a variant without weight was counted");
  let logOdds = 0;
  let n = 0;
  for (const { count, share } of variants.filter((variant) => variant.share > 0)) {
    logOdds += logGamma(PRIOR * share + count) - logGamma(PRIOR * share) - count * Math.log(share);
    n += count;
  }
  logOdds += logGamma(PRIOR) - logGamma(PRIOR + n);
  const p = Math.min(1, Math.exp(-logOdds));
  return { p, isBroken: p < 0.001 };
}

/** Coefficients of Lanczos' approximation with g = 7, nine terms; right to some 15 digits. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** ln Γ(x) for x > 0. */
function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const at = x - 1;
  const series = LANCZOS.reduce((sum, term, place) => sum + (place ? term / (at + place) : term), 0);
  const base = at + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (at + 0.5) * Math.log(base) - base + Math.log(series);
}
