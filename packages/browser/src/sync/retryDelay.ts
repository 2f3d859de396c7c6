const BASE_MS = 1000;
const MAX_MS = 300_000;

/** After so many failures the endpoint is taken for blocked, by an ad blocker say, and asked rarely. */
const BLOCKED_TRIES = 12;
const BLOCKED_MS = 900_000;

/**
 * Full jitter: anything from nothing to the whole of a doubling delay, at most five minutes; fifteen minutes more
 * when it never worked. So sending and stream together, or a stream that never opens and the questions asked in its
 * place, make fewer than 300 requests a day.
 * @param chance in 0..1
 */
export function retryDelay(tries: number, chance: number, baseMs: number = BASE_MS): number {
  const delayMs = chance * Math.min(MAX_MS, baseMs * 2 ** tries);
  return tries > BLOCKED_TRIES ? BLOCKED_MS + delayMs : delayMs;
}
