import type { Browser, Page } from "puppeteer-core";
import { settleMainThread, watchMainThread } from "./mainThread.ts";

/** First events are sent after at most this. */
const MIN_SETTLE_MS = 1_000;

/** What one load of a page came to, ms. */
export interface Start {
  /** Evaluating the library's own script, with all that it starts in the same turn. */
  evaluate: number;
  /** All main-thread work of the page until it rests. */
  total: number;
  /** The part of it that is script. */
  script: number;
  /** Tasks over 50 ms. */
  longTasks: number;
}

/** What is loaded, and how fast a machine. */
interface Load {
  url: string;
  /** How the addresses of the library's own scripts begin. */
  script: string;
  /** Times slower than this machine. */
  slowdown: number;
}

/** Loads a page in a browser context of its own: nothing cached, nothing stored. The origin has an empty page at `/before`. */
export async function measureStart(browser: Browser, { url, script, slowdown }: Load): Promise<Start> {
  const context = await browser.createBrowserContext();
  const tab = await context.newPage();
  try {
    // The process of the page must be there before, or its own start would count.
    await tab.goto(new URL("/before", url).href);
    await watchLongTasks(tab);
    const { session, read } = await watchMainThread(tab);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    await settleMainThread(read, 0);
    const before = await read();
    await tab.tracing.start({ categories: ["devtools.timeline"] });
    await tab.goto(url, { waitUntil: "load" });
    await settleMainThread(read, MIN_SETTLE_MS);
    const after = await read();
    const trace = new TextDecoder().decode(await tab.tracing.stop());
    const longTasks = (await tab.evaluate("window.longTasks")) as number;
    return {
      evaluate: evaluationMs(trace, script),
      total: after.tasks - before.tasks,
      script: after.script - before.script,
      longTasks,
    };
  } finally {
    await context.close();
  }
}

function watchLongTasks(tab: Page): Promise<unknown> {
  return tab.evaluateOnNewDocument(`
    window.longTasks = 0;
    new PerformanceObserver((list) => (longTasks += list.getEntries().length)).observe({ type: "longtask", buffered: true });`);
}

interface TraceEvent {
  name: string;
  /** µs */
  dur?: number;
  args: { data?: { url?: string } };
}

function evaluationMs(trace: string, urlStart: string): number {
  const { traceEvents } = JSON.parse(trace) as { traceEvents: TraceEvent[] };
  const own = traceEvents.filter(
    ({ name, args }) => name === "EvaluateScript" && args.data?.url?.startsWith(urlStart),
  );
  return own.reduce((sum, { dur = 0 }) => sum + dur, 0) / 1000;
}
