import type { CDPSession, Page } from "puppeteer-core";

/** What the main thread of a page did so far, ms; only differences mean something. */
export interface MainThread {
  /** All tasks: script, parsing, layout, garbage. */
  tasks: number;
  script: number;
}

/** Lets the main thread of a page be read. */
export async function watchMainThread(
  page: Page,
): Promise<{ session: CDPSession; read: () => Promise<MainThread> }> {
  const session = await page.createCDPSession();
  await session.send("Performance.enable");
  const read = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    const ms = (name: string) => (metrics.find((metric) => metric.name === name)?.value ?? Number.NaN) * 1000;
    return { tasks: ms("TaskDuration"), script: ms("ScriptDuration") };
  };
  return { session, read };
}

/** A main thread rests when it did less than `busyMs` in a window. */
const REST = { windowMs: 300, busyMs: 15, maxMs: 8_000 };

/**
 * Waits until the main thread rests: everything is evaluated, written, sent and answered.
 * @param minMs waits at least so long, for what timers hold back
 * @returns ms of main thread used so far
 */
export async function settleMainThread(read: () => Promise<MainThread>, minMs: number): Promise<number> {
  const start = performance.now();
  let used = (await read()).tasks;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, REST.windowMs));
    const now = (await read()).tasks;
    const passedMs = performance.now() - start;
    const isResting = now - used < REST.busyMs && passedMs > minMs;
    if (isResting || passedMs > REST.maxMs) return now;
    used = now;
  }
}
