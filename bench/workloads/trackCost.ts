import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { interleave } from "../support/interleave.ts";
import { measureCalls, type Cost } from "../support/measureCalls.ts";
import { openBrowser } from "../support/openBrowser.ts";
import { packageFile } from "../support/packageFile.ts";
import { SEGMENT } from "../support/scripts.ts";
import { segmentTags, vitrineTag } from "../support/tags.ts";
import { startSite } from "../support/startSite.ts";
import { median } from "../support/statistics.ts";
import type { Figure, Workload } from "../support/Workload.ts";

/** Calls in a burst, one after the other in one task. */
const CALLS = 500;
/** Fewer for Segment: a call takes it milliseconds, and its time for one call grows with what is queued. */
const SEGMENT_CALLS = 100;
const ROUNDS = 6;
const QUICK_ROUNDS = 2;
const MAX_CALL_US = 20;

const EVENT = `(call) => ["Product Viewed", { product_id: "A" + call, name: "Printed cotton skirt", category: "skirts",
  price: 49.9, currency: "EUR", variant: "olive" }]`;

const page = (tags: string, subject: string) =>
  `<!doctype html><html lang="en"><title>Bench</title>${tags}<script>const event = ${EVENT};${subject}</script>`;

/** µs of main thread for one `track()`, in a real page with a real collector. */
export const trackCost: Workload = {
  name: "trackCost",
  about: `main thread for one track() in Chromium, consent given, collector real; bursts of ${CALLS}`,
  run: async ({ isQuick, folder, note }) => {
    const dataDir = join(folder, "trackCost");
    mkdirSync(dataDir);
    const site = await startSite(dataDir, {
      scripts: { "/segment.js": packageFile(SEGMENT, "dist/umd/index.js") },
      pages: {
        "/vitrine": (where) =>
          page(
            vitrineTag(where),
            `window.subject = { track: (call) => vitrine.track(...event(call)), ready: () => vitrine.ready(), isThere: () => !!window.vitrine };`,
          ),
        "/segment": (where) =>
          page(
            segmentTags(where),
            `window.subject = { track: (call) => analytics.track(...event(call)), ready: () => analytics.ready(), isThere: () => true };`,
          ),
        "/array": () =>
          page(
            "",
            `const array = []; window.subject = { track: (call) => array.push(event(call)), ready: () => {}, isThere: () => true };`,
          ),
      },
    });
    const browser = await openBrowser();
    try {
      const open = async (path: string, calls: number) => {
        const tab = await browser.newPage();
        await tab.goto(site.origin + path, { waitUntil: "load" });
        await tab.waitForFunction("window.subject.isThere()"); // ours starts after the first frame
        await tab.evaluate(async () => void (await window.subject.ready()));
        return measureCalls(tab, calls);
      };
      const subjects = {
        ours: await open("/vitrine", CALLS),
        segment: await open("/segment", SEGMENT_CALLS),
        array: await open("/array", CALLS),
      };
      note("measures");
      const measured = await interleave((isQuick ? QUICK_ROUNDS : ROUNDS) + 1, subjects);
      return toFigures(measured.ours.slice(1), measured.segment.slice(1), measured.array.slice(1));
    } finally {
      await browser.close();
      await site.close();
    }
  },
};

const KINDS: [keyof Cost, string][] = [
  ["burst", "track() in a burst, until it returns"],
  ["single", "track() on its own, until it returns"],
  ["total", "all main-thread work of a call until it is delivered"],
];

function toFigures(ours: Cost[], segment: Cost[], array: Cost[]): Figure[] {
  return KINDS.flatMap(([kind, what]) => {
    const of = (costs: Cost[]) => costs.map((cost) => cost[kind]);
    const value = median(of(ours));
    const common = { what, value, unit: "µs" };
    const isBudgeted = kind === "burst";
    return [
      {
        ...common,
        beside: { what: SEGMENT, value: median(of(segment)) },
        rounds: of(ours),
        ...(isBudgeted && { budget: { text: `≤ ${MAX_CALL_US} µs`, isKept: value <= MAX_CALL_US } }),
      },
      { ...common, beside: { what: "push to an array", value: median(of(array)) } },
    ];
  });
}
