import { attempt } from "./attempt.ts";
import { onActivation } from "./onActivation.ts";

/**
 * What the engine takes from its surroundings. Tests hand in their own clock, chance and network; pages use
 * {@link browserPlatform}. What may be missing or forbidden (sandboxed frames, old browsers) is optional.
 */
export interface Platform {
  /** Wall clock, ms since 1970. */
  _now: () => number;
  /** Monotonic clock, ms. */
  _clock: () => number;
  /** Random bytes fit for secrets. */
  _random: (count: number) => Uint8Array;
  /** A number in 0..1 for spreading retries. */
  _chance: () => number;
  _fetch: (url: string, init?: RequestInit) => Promise<Response>;
  _later: (task: () => void, delayMs?: number) => number;
  _cancel: (timer: number | undefined) => void;
  _indexedDB?: IDBFactory | undefined;
  _locks?: LockManager | undefined;
  _subtle?: SubtleCrypto | undefined;
  _storage?: Storage | undefined;
  /** Bytes the browser offers this origin. */
  _quota: () => Promise<number | undefined>;
  /** Opens a channel to the other tabs of this origin; undefined where there is none. */
  _openChannel: () => BroadcastChannel | undefined;
  /** Listens to the page's life: `pagehide`, `visibilitychange` … */
  _listen: (name: string, handler: (event: Event) => void) => void;
  _isVisible: () => boolean;
  /**
   * Tells the service worker of this page, where ours may be in it: rows stay behind, or what was shown must go.
   * Goes out at once, also from a page that is on its way out.
   */
  _tellWorker?: ((word: "drain" | "forget") => void) | undefined;
  /** Runs a task once the page is no longer prerendered. */
  _onActivation: (task: () => void) => void;
}

/** The platform of this page. Reads globals when it is called, not at import; never throws. */
export const browserPlatform = (): Platform => ({
  _now: () => Date.now(),
  _clock: () => performance.now(),
  _random: (count) => crypto.getRandomValues(new Uint8Array(count)),
  _chance: Math.random,
  // A page may have put its own in the place: one that throws at once, or gives no promise.
  _fetch: async (url, init) => fetch(url, init),
  _later: (task, delayMs) => setTimeout(task, delayMs),
  _cancel: (timer) => clearTimeout(timer),
  _indexedDB: attempt(() => indexedDB),
  _locks: attempt(() => navigator.locks),
  _subtle: attempt(() => crypto.subtle),
  _storage: attempt(() => localStorage),
  _quota: async () => (await navigator.storage.estimate()).quota,
  _openChannel: () => attempt(() => new BroadcastChannel("vitrine")),
  // Captured at the window: `freeze` and `resume` are fired at the document.
  _listen: (name, handler) => addEventListener(name, handler, true),
  _isVisible: () => !document.hidden,
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
  _tellWorker: (word) => attempt(() => navigator.serviceWorker.controller!.postMessage("vitrine." + word)),
  _onActivation: (task) => onActivation(document, task),
});
