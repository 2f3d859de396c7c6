/**
 * What the engine takes from its surroundings. Tests hand in their own clock, chance and network; pages use
 * {@link browserPlatform}. Anything that may be missing or forbidden (sandboxed frames, old browsers) is optional.
 */
export interface Platform {
  /** Wall clock, ms since 1970. */
  _now: () => number;
  /** Monotonic clock in ms, and the wall time at which it started. */
  _clock: () => number;
  _clockOrigin: number;
  /** Random bytes fit for secrets. */
  _random: (count: number) => Uint8Array;
  /** A number in 0..1 for spreading retries. */
  _chance: () => number;
  _fetch: (url: string, init?: RequestInit) => Promise<Response>;
  _later: (task: () => void, delayMs: number) => number;
  _cancel: (timer: number | undefined) => void;
  _indexedDB: IDBFactory | undefined;
  _locks: LockManager | undefined;
  _subtle: SubtleCrypto | undefined;
  _storage: Storage | undefined;
  /** A channel to the other tabs of this origin, or undefined. */
  _channel: () => BroadcastChannel | undefined;
}

/** The platform of this page. Reads globals now and not at import; never throws. */
export function browserPlatform(): Platform {
  const page = globalThis;
  // Storage getters throw in sandboxed frames and where cookies are blocked.
  const attempt = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch {
      return undefined;
    }
  };
  return {
    _now: () => Date.now(),
    _clock: () => performance.now(),
    _clockOrigin: performance.timeOrigin,
    _random: (count) => crypto.getRandomValues(new Uint8Array(count)),
    _chance: () => Math.random(),
    _fetch: (url, init) => page.fetch(url, init),
    _later: (task, delayMs) => setTimeout(task, delayMs) as unknown as number,
    _cancel: (timer) => clearTimeout(timer),
    _indexedDB: attempt(() => page.indexedDB),
    _locks: attempt(() => navigator.locks),
    _subtle: attempt(() => crypto.subtle),
    _storage: attempt(() => page.localStorage),
    _channel: () => attempt(() => new BroadcastChannel("vitrine")),
  };
}
