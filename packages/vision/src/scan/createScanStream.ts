import { createAgreement } from "./createAgreement.ts";
import type { RunningScanner, ScannedText } from "./scanner.ts";

type Frame = ImageBitmap | VideoFrame;

/** Frames in, codes out. */
export interface ScanStream {
  /** Takes a frame over and closes it. The newest wins: while one is being read, only the last one offered waits. */
  offer(frame: Frame): void;
  /** Ends the worker. Frames offered after that are closed. */
  close(): void;
  /** Counts since the stream was opened: frames offered, thrown away unread, read; workers started anew. */
  readonly stats: ScanStats;
}

/** Counts since a stream was opened. */
export interface ScanStats {
  readonly offered: number;
  readonly dropped: number;
  readonly read: number;
  readonly restarts: number;
}

/** What a stream needs of its surroundings. */
export interface ScanStreamParts {
  start: () => RunningScanner;
  onCode: (code: ScannedText) => void;
  onError?: ((error: unknown) => void) | undefined;
  /** Calls back once after `delayMs`; returns the function that takes it back. */
  after: (delayMs: number, callback: () => void) => () => void;
}

/** A worker that says nothing for so long hangs. */
const SILENCE_MS = 10_000;
const RETRY_MS = 1000;

const nothing = (): void => {};

/** The logic of a scan stream; the worker and timers are handed in. */
export function createScanStream({ start, onCode, onError, after }: ScanStreamParts): ScanStream {
  const stats = { offered: 0, dropped: 0, read: 0, restarts: 0 };
  const agree = createAgreement();
  let scanner: RunningScanner | undefined;
  let waiting: Frame | undefined;
  let isBusy = false;
  let isClosed = false;
  let cancelTimer = nothing;

  const drop = (): void => {
    if (waiting) stats.dropped++;
    waiting?.close();
    waiting = undefined;
  };

  /** Waits for one answer of this worker; whatever it says after it was replaced concerns nobody. */
  async function ask<T>(
    mine: RunningScanner,
    answer: Promise<T>,
    onAnswer: (value: T) => void,
  ): Promise<void> {
    isBusy = true;
    const silent = () => fail(mine, new Error(`The scan worker said nothing for ${SILENCE_MS} ms.`));
    cancelTimer = after(SILENCE_MS, silent);
    const settled = await answer.then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    if ("error" in settled) return fail(mine, settled.error);
    if (scanner !== mine) return;
    cancelTimer();
    isBusy = false;
    onAnswer(settled.value);
  }

  function begin(): void {
    const mine = (scanner = start());
    mine.onDeath((error) => fail(mine, error));
    void ask(mine, mine.ready, readNext);
  }

  function fail(mine: RunningScanner, error: unknown): void {
    if (scanner !== mine) return;
    cancelTimer();
    mine.end();
    scanner = undefined;
    stats.restarts++;
    cancelTimer = after(RETRY_MS, begin);
    onError?.(error);
  }

  function readNext(): void {
    if (isBusy || !scanner || !waiting) return;
    const frame = waiting;
    waiting = undefined;
    void ask(scanner, scanner.read(frame), (codes) => {
      stats.read++;
      for (const code of agree(codes)) onCode(code);
      readNext();
    });
  }

  begin();
  return {
    stats,
    offer: (frame) => {
      stats.offered++;
      drop();
      waiting = frame;
      if (isClosed) drop();
      else readNext();
    },
    close: () => {
      isClosed = true;
      cancelTimer();
      scanner?.end();
      scanner = undefined;
      drop();
    },
  };
}
