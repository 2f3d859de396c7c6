/** A clock that goes when it is told to, with its timers. */
export interface ManualTime {
  now(): number;
  after(delayMs: number, callback: () => void): () => void;
  /** Lets time pass: each timer at its time, and what was promised meanwhile after each. */
  pass(ms: number): Promise<void>;
  /** How many timers wait. */
  waiting(): number;
}

/** Lets everything that was promised so far happen. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Makes a clock that stands at `start` ms. */
export function manualTime(start = 1000): ManualTime {
  let time = start;
  const timers = new Set<{ at: number; callback: () => void }>();
  const next = (until: number) => [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
  return {
    now: () => time,
    after(delayMs, callback) {
      const timer = { at: time + delayMs, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async pass(ms) {
      const until = time + ms;
      await settle();
      for (let timer = next(until); timer; timer = next(until)) {
        timers.delete(timer);
        time = timer.at;
        timer.callback();
        await settle();
      }
      time = until;
    },
    waiting: () => timers.size,
  };
}
