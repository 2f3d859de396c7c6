declare global {
  interface Window {
    /** Moves the page's clock and runs what becomes due; waits for requests and the database in between. */
    advance: (ms: number) => Promise<void>;
  }
}

/** Gives a page a clock that stands still until it is moved. Runs in the page before its scripts. */
export function installHandClock(): void {
  const breathe = setTimeout.bind(window);
  const origin = Date.now();
  const timers = new Map<number, { at: number; task: () => void }>();
  let now = origin;
  let nextTimer = 1;
  const work = { underWay: 0 };
  Date.now = () => now;
  performance.now = () => now - origin;
  window.setTimeout = ((task: () => void, delayMs = 0) => {
    timers.set(nextTimer, { at: now + delayMs, task });
    return nextTimer++;
  }) as typeof setTimeout;
  window.clearTimeout = (timer) => void timers.delete(timer as number);

  const fetch = window.fetch.bind(window);
  const ended = () => void breathe(() => work.underWay--);
  window.fetch = (...asked) => {
    work.underWay++;
    return fetch(...asked).finally(ended);
  };
  const begin = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...asked) {
    const transaction = begin.apply(this, asked);
    work.underWay++;
    for (const name of ["complete", "abort"]) transaction.addEventListener(name, ended);
    return transaction;
  };
  const isIdle = async () => {
    do await new Promise((resolve) => breathe(resolve, 2));
    while (work.underWay > 0);
  };
  window.advance = async (ms) => {
    const end = now + ms;
    for (;;) {
      await isIdle();
      const [next] = [...timers].filter(([, { at }]) => at <= end).sort((a, b) => a[1].at - b[1].at);
      if (!next) break;
      timers.delete(next[0]);
      now = Math.max(now, next[1].at);
      next[1].task();
    }
    now = end;
  };
}
