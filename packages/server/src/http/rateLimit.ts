/** Bounds how much one caller may ask for: token buckets that fill steadily. */
export interface RateLimit {
  /**
   * Takes `cost` tokens from the caller's bucket.
   * @returns 0, or the seconds to wait when there are not enough.
   */
  take(caller: string, cost: number): number;
}

/** A full bucket holds this many seconds of its rate. */
const BURST_SECONDS = 10;

/** Callers remembered; the one longest unseen is forgotten, and starts with a full bucket. */
const MAX_CALLERS = 100_000;

/** Creates buckets of `perSecond` tokens. */
export function createRateLimit(perSecond: number, clock: () => number): RateLimit {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const full = perSecond * BURST_SECONDS;
  return {
    take(caller, cost) {
      const now = clock();
      const bucket = buckets.get(caller) ?? { tokens: full, at: now };
      buckets.delete(caller);
      buckets.set(caller, bucket);
      if (buckets.size > MAX_CALLERS) buckets.delete(buckets.keys().next().value!);
      bucket.tokens = Math.min(full, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * perSecond);
      bucket.at = now;
      if (bucket.tokens < Math.min(cost, full)) return (Math.min(cost, full) - bucket.tokens) / perSecond;
      bucket.tokens -= cost;
      return 0;
    },
  };
}
