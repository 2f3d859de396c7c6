import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "puppeteer-core";
import { interleave } from "../support/interleave.ts";
import { settleMainThread, watchMainThread } from "../support/mainThread.ts";
import { openBrowser } from "../support/openBrowser.ts";
import { packageFile } from "../support/packageFile.ts";
import { GROWTHBOOK, SCRIPTS, SEGMENT } from "../support/scripts.ts";
import { startSite } from "../support/startSite.ts";
import { median } from "../support/statistics.ts";
import { growthbookTag, segmentTags, vitrineTag } from "../support/tags.ts";
import type { Figure, Workload } from "../support/Workload.ts";

/** Times slower than this machine: a modest phone. */
const SLOWDOWN = 4;
const ROUNDS = 7;
const QUICK_ROUNDS = 2;
/** First events are sent after at most this. */
const MIN_SETTLE_MS = 1_000;

/** What one load of a page came to, ms. */
interface Start {
  /** Evaluating the library's own script, with all that it starts in the same turn. */
  evaluate: number;
  /** All main-thread work of the page until it rests. */
  total: number;
  /** The part of it that is script. */
  script: number;
  /** Tasks over 50 ms. */
  longTasks: number;
}

const page = (tags: string) =>
  `<!doctype html><html lang="en"><head><title>Bench</title>${tags}</head><p>Page</p>`;

/** What loading and starting costs a slow phone on its first visit. */
export const startCost: Workload = {
  name: "startCost",
  about: `main thread for load and start on a first visit, CPU ${SLOWDOWN}× slowed; an empty page's work is taken off`,
  run: async ({ isQuick, folder }) => {
    const dataDir = join(folder, "startCost");
    mkdirSync(dataDir);
    const site = await startSite(dataDir, {
      scripts: {
        "/segment.js": packageFile(SEGMENT, "dist/umd/index.js"),
        "/growthbook.js": SCRIPTS.growthbook,
      },
      pages: {
        "/before": () => page(""),
        "/empty": () => page(""),
        "/vitrine": (where) => page(vitrineTag(where)),
        "/segment": (where) => page(segmentTags(where)),
        "/growthbook": (where) => page(growthbookTag(where)),
      },
    });
    const browser = await openBrowser();
    try {
      const load = (name: string, script: string) => () => measureStart(browser, site.origin, name, script);
      const measured = await interleave(isQuick ? QUICK_ROUNDS : ROUNDS, {
        ours: load("/vitrine", "/v/vitrine"),
        segment: load("/segment", "/segment.js"),
        growthbook: load("/growthbook", "/growthbook.js"),
        empty: load("/empty", "-"),
      });
      return toFigures(measured.ours, measured.segment, measured.growthbook, measured.empty);
    } finally {
      await browser.close();
      await site.close();
    }
  },
};

/** Loads a page in a browser context of its own: nothing cached, nothing stored. */
async function measureStart(browser: Browser, origin: string, path: string, script: string): Promise<Start> {
  const context = await browser.createBrowserContext();
  const tab = await context.newPage();
  try {
    // The process of the page must be there before, or its own start would count.
    await tab.goto(`${origin}/before`);
    await watchLongTasks(tab);
    const { session, read } = await watchMainThread(tab);
    await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
    await settleMainThread(read, 0);
    const before = await read();
    await tab.tracing.start({ categories: ["devtools.timeline"] });
    await tab.goto(origin + path, { waitUntil: "load" });
    await settleMainThread(read, MIN_SETTLE_MS);
    const after = await read();
    const trace = new TextDecoder().decode(await tab.tracing.stop());
    const longTasks = (await tab.evaluate("window.longTasks")) as number;
    return {
      evaluate: evaluationMs(trace, origin + script),
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

const KINDS: [keyof Start, string, string][] = [
  ["total", "all work until the page rests", "ms"],
  ["script", "of it script", "ms"],
  ["evaluate", "evaluating the script files", "ms"],
  ["longTasks", "tasks over 50 ms", "tasks"],
];

/** Segment is the full peer: it tracks, queues and sends. GrowthBook sends nothing, and has no rules to read here. */
function toFigures(ours: Start[], segment: Start[], growthbook: Start[], empty: Start[]): Figure[] {
  return KINDS.flatMap(([kind, what, unit]) => {
    const floor = median(empty.map((start) => start[kind]));
    const work = (starts: Start[]) => median(starts.map((start) => start[kind])) - floor;
    const value = work(ours);
    const common = { what, unit, value };
    const budget =
      kind === "total"
        ? { text: "less than the full peer", isKept: value < work(segment) }
        : kind === "longTasks"
          ? { text: "none of ours", isKept: value <= 0 }
          : undefined;
    return [
      {
        ...common,
        beside: { what: SEGMENT, value: work(segment) },
        rounds: ours.map((start) => start[kind] - floor),
        ...(budget && { budget }),
      },
      { ...common, beside: { what: GROWTHBOOK, value: work(growthbook) } },
    ];
  });
}
