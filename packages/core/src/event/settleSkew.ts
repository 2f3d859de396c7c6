/** Skew up to this is as likely the network's as the clock's, and is left alone. */
const MIN_SKEW_MS = 60_000;

/** What to add to a wall clock that seems to be off by so much, ms: nothing unless it is clearly wrong. */
export const settleSkew = (skew: number): number => (Math.abs(skew) > MIN_SKEW_MS ? skew : 0);
