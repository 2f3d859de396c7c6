/** Watches that the page goes on drawing. */
export interface Pulse {
  /** The page lives. */
  beat(): void;
  /** A page is being loaded: the next beat may take longer. */
  expect(): void;
  /** No page is shown that could beat. */
  rest(): void;
  /** Calls `onSilence` when the page is overdue; to be called a few times a second. */
  check(): void;
  /** False while the page is overdue. */
  isAlive(): boolean;
}

/** How long a page may be silent. */
export interface PulseOptions {
  /** Between two beats. A page beats once a second. */
  silenceMs: number;
  /** From loading to the first beat: a cold start on a slow box. */
  startMs: number;
  /** Milliseconds that never run backwards. */
  now: () => number;
  onSilence: () => void;
}

/** How long a page may be silent on a box of usual speed. */
export const PATIENCE = { silenceMs: 4_000, startMs: 30_000 } as const;

/** Resting until `expect`. */
export function createPulse({ silenceMs, startMs, now, onSilence }: PulseOptions): Pulse {
  let due = Infinity;
  return {
    beat: () => void (due = now() + silenceMs),
    expect: () => void (due = now() + startMs),
    rest: () => void (due = Infinity),
    check() {
      if (now() < due) return;
      // Once for each silence: whoever is told loads a page, which expects anew.
      due = Infinity;
      onSilence();
    },
    isAlive: () => now() < due,
  };
}
