import {
  checkSampleRatio,
  compareSamples,
  sampleOfRate,
  sampleOfSums,
  type Comparison,
  type Experiment,
  type Sample,
  type SampleRatio,
} from "@vitrine/core";
import type { Outcome } from "./readOutcome.ts";

/** What is measured of each variant. */
export type Metric = "conversion" | "revenue" | "sizeReturns";

/** One metric of one variant; the control has no comparison. */
export interface Measured {
  /** Those it is a mean of: visitors, and for returns those who bought. */
  n: number;
  mean: number;
  comparison: Comparison | null;
}

/** What one variant came to. */
export interface VariantResult {
  variant: string;
  /** Its share of visitors, as the rule says. */
  weight: number;
  visitors: number;
  metrics: Record<Metric, Measured>;
}

/** How the variants of a rule compare. */
export interface VariantTally {
  variants: VariantResult[];
  ratio: SampleRatio;
  /** The currency of `revenue`: the one most was spent in. */
  currency: string | null;
}

interface Sums {
  visitors: number;
  buyers: number;
  sizeReturns: number;
  /** By currency: sum, and sum of the squares of each visitor's. */
  revenue: Map<string, { sum: number; squares: number }>;
}

/** Adds visitors up by variant. */
export interface VariantCounter {
  /** Visitors of variants that the experiment does not have are passed over. */
  add(variant: string, outcome: Outcome): void;
  result(): VariantTally;
}

/** Creates a counter for an experiment; the variant `control`, else the first, is what the others are compared with. */
export function createVariantCounter({ variants, weights }: Experiment): VariantCounter {
  const sums = new Map<string, Sums>(
    variants.map((variant) => [variant, { visitors: 0, buyers: 0, sizeReturns: 0, revenue: new Map() }]),
  );
  const control = variants.includes("control") ? "control" : variants[0]!;
  return {
    add(variant, outcome) {
      const sum = sums.get(variant);
      if (sum) addOutcome(sum, outcome);
    },
    result() {
      const currency = mainCurrency([...sums.values()]);
      const samples = new Map([...sums].map(([variant, sum]) => [variant, samplesOf(sum, currency)]));
      const base = samples.get(control)!;
      const results = variants.map((variant, place): VariantResult => {
        const own = samples.get(variant)!;
        const measure = (metric: Metric): Measured => ({
          n: own[metric].n,
          mean: own[metric].mean,
          comparison: variant === control ? null : compareSamples(base[metric], own[metric]),
        });
        const metrics = {
          conversion: measure("conversion"),
          revenue: measure("revenue"),
          sizeReturns: measure("sizeReturns"),
        };
        return { variant, weight: weights[place]!, visitors: sums.get(variant)!.visitors, metrics };
      });
      const ratio = checkSampleRatio(
        results.map(({ visitors }) => visitors),
        weights,
      );
      return { variants: results, ratio, currency: currency ?? null };
    },
  };
}

function addOutcome(sum: Sums, { orders, revenue, hasSizeReturn }: Outcome): void {
  sum.visitors++;
  if (orders === 0) return;
  sum.buyers++;
  if (hasSizeReturn) sum.sizeReturns++;
  for (const [currency, amount] of Object.entries(revenue)) {
    const of = sum.revenue.get(currency) ?? { sum: 0, squares: 0 };
    sum.revenue.set(currency, { sum: of.sum + amount, squares: of.squares + amount * amount });
  }
}

function mainCurrency(all: readonly Sums[]): string | undefined {
  const totals = new Map<string, number>();
  for (const [currency, { sum }] of all.flatMap(({ revenue }) => [...revenue]))
    totals.set(currency, (totals.get(currency) ?? 0) + sum);
  return [...totals].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0];
}

function samplesOf({ visitors, buyers, sizeReturns, revenue }: Sums, currency = ""): Record<Metric, Sample> {
  const { sum, squares } = revenue.get(currency) ?? { sum: 0, squares: 0 };
  return {
    conversion: sampleOfRate(buyers, visitors),
    revenue: sampleOfSums(visitors, sum, squares),
    sizeReturns: sampleOfRate(sizeReturns, buyers),
  };
}
