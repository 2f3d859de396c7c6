import type { Frame, RunningSeer, Seen } from "./seer.ts";
import type { Sighting } from "./sighting.ts";

/** Frames in, sightings out. */
export interface PoseStream {
  /**
   * Takes a frame over and closes it. The newest wins: while one is being looked at, only the last one offered waits.
   * @param at ms of the page's monotonic clock when the frame was taken.
   */
  offer(frame: Frame, at: number): void;
  /** Ends the worker. Frames offered after that are closed. */
  close(): void;
  /** Counts since the stream was opened: frames offered, thrown away unseen, seen; workers started anew. */
  readonly stats: PoseStats;
}

/** Counts since a stream was opened. */
export interface PoseStats {
  readonly offered: number;
  readonly dropped: number;
  readonly seen: number;
  readonly restarts: number;
}

/** What a stream needs of its surroundings. */
export interface PoseStreamParts {
  start(): RunningSeer;
  onSighting(sighting: Sighting): void;
  onError?: ((error: unknown) => void) | undefined;
  /** ms, monotonic. */
  now(): number;
  /** Calls back once after `delayMs`; returns the function that takes it back. */
  after(delayMs: number, callback: () => void): () => void;
}

/** A worker that says nothing for so long hangs; the first frame also pays for compiling the model. */
const SILENCE_MS = 10_000;
/** A landmarker is renewed by age, when nobody is there to notice, or at the latest after twice that. */
const MAX_AGE_MS = 10 * 60_000;
const MAX_MEMORY_BYTES = 900e6;
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 30_000;

const nothing = (): void => {};

interface Offered {
  frame: Frame;
  at: number;
}

/** The logic of a pose stream; the worker, the clock and timers are handed in. */
export function createPoseStream(parts: PoseStreamParts): PoseStream {
  const stats = { offered: 0, dropped: 0, seen: 0, restarts: 0 };
  let seer: RunningSeer | undefined;
  let bornAt = 0;
  let isBusy = true;
  let isClosed = false;
  let waiting: Offered | undefined;
  let lastAt = -Infinity;
  let failures = 0;
  let cancelTimer = nothing;

  const drop = (offered: Offered | undefined): void => {
    if (!offered) return;
    offered.frame.close();
    stats.dropped++;
  };

  const start = (): void => {
    isBusy = true;
    bornAt = parts.now();
    const mine = (seer = parts.start());
    watch(mine, mine.ready, () => {});
  };

  /** Waits for one answer of this worker; whatever it says after it was replaced concerns nobody. */
  function watch<T>(mine: RunningSeer, answer: Promise<T>, onAnswer: (value: T) => void): void {
    const settle = (then: () => void): void => {
      if (seer !== mine) return;
      cancelTimer();
      then();
    };
    const succeed = (value: T): void => {
      isBusy = false;
      onAnswer(value);
      showNext();
    };
    cancelTimer = parts.after(SILENCE_MS, () =>
      settle(() => fail(new Error(`The pose worker said nothing for ${SILENCE_MS} ms.`))),
    );
    answer.then(
      (value) => settle(() => succeed(value)),
      (error: unknown) => settle(() => fail(error)),
    );
  }

  const replace = (delayMs: number): void => {
    seer?.end();
    seer = undefined;
    isBusy = true;
    stats.restarts++;
    if (delayMs === 0) return start();
    cancelTimer = parts.after(delayMs, start);
  };

  const fail = (error: unknown): void => {
    const delayMs = Math.min(FIRST_RETRY_MS * 2 ** failures++, LONGEST_RETRY_MS);
    replace(delayMs);
    parts.onError?.(error);
  };

  const isWornOut = ({ people, memoryBytes }: Seen): boolean => {
    const ageMs = parts.now() - bornAt;
    return memoryBytes > MAX_MEMORY_BYTES || ageMs > (people.length === 0 ? MAX_AGE_MS : 2 * MAX_AGE_MS);
  };

  const showNext = (): void => {
    if (isBusy || isClosed || !seer || !waiting) return;
    const { frame, at } = waiting;
    waiting = undefined;
    isBusy = true;
    const width = "displayWidth" in frame ? frame.displayWidth : frame.width;
    const height = "displayHeight" in frame ? frame.displayHeight : frame.height;
    // One frame out of order would break MediaPipe's graph for good.
    lastAt = Math.max(at, lastAt + 1);
    const clampedAt = lastAt;
    watch(seer, seer.see(frame, clampedAt), (seen) => {
      stats.seen++;
      failures = 0;
      if (isWornOut(seen)) replace(0);
      parts.onSighting({ at: clampedAt, people: seen.people, width, height });
    });
  };

  start();
  return {
    stats,
    offer(frame, at) {
      stats.offered++;
      drop(waiting);
      waiting = { frame, at };
      if (isClosed) {
        drop(waiting);
        waiting = undefined;
      } else showNext();
    },
    close() {
      isClosed = true;
      cancelTimer();
      seer?.end();
      seer = undefined;
      drop(waiting);
      waiting = undefined;
    },
  };
}
