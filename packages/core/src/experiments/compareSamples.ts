import type { Sample } from "./sample.ts";

/** From and to, both included, as shares. */
export interface Interval {
  low: number;
  high: number;
}

/** How a variant compares with the control. */
export type Comparison =
  /** Before it may be trusted. */
  | { verdict: "notEnough" }
  /** `better` and `worse` where the interval leaves out zero, `open` where it does not yet. */
  | {
      verdict: "better" | "worse" | "open";
      /** By how much the variant's mean is above the control's, as a share of that: 0.05 is five per cent more. */
      lift: number;
      interval: Interval;
    };

/** Share of comparisons of equals that may ever be called different, over all looks together. */
const ALPHA = 0.05;

/** Visitors, of both together, at which the interval is narrowest for what it promises. */
const TUNED_FOR = 20_000;

/** Visitors of each variant below which the normal approximation is not trusted. */
const MIN_VISITORS = 200;

/** What n mean² / variance must come to: of a rate, buyers; of an amount, as many as its spread leaves of them. */
const MIN_EVENTS = 20;

/**
 * Compares a variant with its control by an asymptotic confidence sequence (Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas:
 * "Time-uniform central limit theory and asymptotic confidence sequences", Annals of Statistics 2024, theorem 2.2). The
 * interval holds at every look together: looking daily and stopping when one likes is allowed. It is wider than
 * one of a fixed size for that.
 */
export function compareSamples(control: Sample, variant: Sample): Comparison {
  if (!isTrusted(control) || !isTrusted(variant)) return { verdict: "notEnough" };
  // On the scale of logarithms, where a ratio is nearest to normal (delta method).
  const log = Math.log(variant.mean / control.mean);
  const half = widthOf(control.n + variant.n) * Math.hypot(relativeError(control), relativeError(variant));
  const interval = { low: Math.expm1(log - half), high: Math.expm1(log + half) };
  const verdict = interval.low > 0 ? "better" : interval.high < 0 ? "worse" : "open";
  return { verdict, lift: Math.expm1(log), interval };
}

/** Half-width in standard errors after `n` visitors. */
function widthOf(n: number): number {
  const loss = -2 * Math.log(ALPHA);
  const scaled = (n * (loss + Math.log(loss + 1))) / TUNED_FOR; // n ρ²
  return Math.sqrt(2 * (1 + 1 / scaled) * Math.log(Math.sqrt(scaled + 1) / ALPHA));
}

/** Standard error of a mean, as a share of it. */
const relativeError = ({ n, mean, variance }: Sample): number => Math.sqrt(variance / n) / mean;

/** Enough visitors, and enough of them with something other than the rest. */
const isTrusted = ({ n, mean, variance }: Sample): boolean =>
  n >= MIN_VISITORS && mean > 0 && variance > 0 && (n * mean * mean) / variance >= MIN_EVENTS;
