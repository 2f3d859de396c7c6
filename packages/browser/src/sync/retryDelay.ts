const BASE_MS = 1000;
const MAX_MS = 300_000;

/** After so many failures the endpoint is taken for blocked, by an ad blocker say, and asked rarely. */
const BLOCKED_TRIES = 12;
const BLOCKED_MS = 600_000;

/**
 * Full jitter: anything from nothing to the whole of a doubling delay, at most five minutes; ten minutes more when it
 * never worked, so that sending and stream together make fewer than 300 attempts a day.
 * @param chance in 0..1
 */
export function retryDelay(tries: number, chance: number, baseMs: number = BASE_MS): number {
  const delayMs = chance * Math.min(MAX_MS, baseMs * 2 ** tries);
  return tries > BLOCKED_TRIES ? BLOCKED_MS + delayMs : delayMs;
}
