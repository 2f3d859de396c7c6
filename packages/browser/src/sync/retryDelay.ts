const BASE_MS = 1000;
const MAX_MS = 300_000;

/**
 * Full jitter: anything from nothing to the whole of a doubling delay, at most five minutes.
 * @param chance in 0..1
 */
export function retryDelay(tries: number, chance: number, baseMs: number = BASE_MS): number {
  return chance * Math.min(MAX_MS, baseMs * 2 ** Math.min(tries, 20));
}
