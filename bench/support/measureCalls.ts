import type { Page } from "puppeteer-core";
import { settleMainThread, watchMainThread } from "./mainThread.ts";
import { median } from "./statistics.ts";

/** Calls in tasks of their own, as pages make them. */
const SINGLE_CALLS = 21;
/** Longer than the libraries wait for more events to send with a batch. */
const MIN_SETTLE_MS = 1_200;

/** A page under measurement: `track(i)` and `settle()`. */
export interface Subject {
  track: (call: number) => unknown;
  ready: () => unknown;
}

declare global {
  interface Window {
    subject: Subject;
  }
}

/** µs for a call. */
export interface Cost {
  /** Until `track()` returned, in a burst. */
  burst: number;
  /** Until `track()` returned, on its own. */
  single: number;
  /** All that the main thread did until a burst was delivered. */
  total: number;
}

/**
 * Prepares to measure the calls of a page that defines `window.subject`.
 * @param calls of a burst
 * @param slowdown times slower than this machine
 */
export async function measureCalls(
  tab: Page,
  calls: number,
  slowdown: number = 1,
): Promise<() => Promise<Cost>> {
  const { session, read } = await watchMainThread(tab);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  return async () => {
    await tab.bringToFront();
    const before = (await read()).tasks;
    const burst = await tab.evaluate((count) => {
      const start = performance.now();
      for (let call = 0; call < count; call++) void window.subject.track(call);
      return ((performance.now() - start) / count) * 1000;
    }, calls);
    const after = await settleMainThread(read, MIN_SETTLE_MS);
    const singles = await tab.evaluate(async (count) => {
      const times: number[] = [];
      for (let call = 0; call < count; call++) {
        await new Promise((resolve) => setTimeout(resolve, 10));
        const start = performance.now();
        void window.subject.track(call);
        times.push((performance.now() - start) * 1000);
      }
      return times;
    }, SINGLE_CALLS);
    await settleMainThread(read, MIN_SETTLE_MS);
    return { burst, single: median(singles), total: ((after - before) / calls) * 1000 };
  };
}
