import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { interleave } from "../support/interleave.ts";
import { measureStart, type Start } from "../support/measureStart.ts";
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
      const load = (name: string, script: string) => () =>
        measureStart(browser, { url: site.origin + name, script: site.origin + script, slowdown: SLOWDOWN });
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
