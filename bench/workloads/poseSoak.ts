import type { Page } from "puppeteer-core";
import { openVisionPage } from "../../test/mirror/support/visionPage.ts";
import { processesOf, residentBytes } from "../support/browserMemory.ts";
import { fitSlope, thinOut, type Point } from "../support/fitSlope.ts";
import { quantile } from "../support/statistics.ts";
import type { Effort, Figure, Workload } from "../support/Workload.ts";

/** Frames that the model is shown, one after the other as fast as it goes. */
const FRAMES = 20_000;
const QUICK_FRAMES = 2_000;
/** A machine that is too slow for all of them ends then: the table says how many were shown. */
const MAX_MINUTES = 45;
/**
 * Share of the frames after which memory is looked at. The first two renewals of the landmarker move it in steps, up and then
 * further down, and no later one does: a line through steps would say nothing.
 */
const WARM_UP = 0.45;
/** Frames between two looks at the memory. */
const STEP = 50;
/** The landmarker is renewed by its age: for it, time passes so many times as fast, so that it is renewed while we look. */
const CLOCK = 5;
/** Points of the fit, in frames: what happens within one is chance. */
const STRETCH = 500;

const MAX_MB_AN_HOUR = 5;

/** The pose loop over many frames: what its browser's memory does, and whether it keeps its pace. */
export const poseSoak: Workload = {
  name: "poseSoak",
  about:
    "the pose loop as fast as it goes, its landmarker renewed by age; memory of all the browser's processes",
  isLong: true,
  run: async ({ isQuick, frames = isQuick ? QUICK_FRAMES : FRAMES, minutes = MAX_MINUTES, note }) => {
    const vision = await openVisionPage();
    try {
      await startLoop(vision.page);
      return await soak(vision.page, { frames, minutes }, note);
    } finally {
      await vision.close();
    }
  },
};

async function soak(
  page: Page,
  { frames, minutes }: { frames: number; minutes: number },
  note: Effort["note"],
): Promise<Figure[]> {
  const memory: (Point & { seconds: number })[] = [];
  const times: number[] = [];
  const start = performance.now();
  while (times.length < frames && performance.now() - start < minutes * 60_000) {
    times.push(...(await page.evaluate((count) => globalThis.poseLoop.show(count), STEP)));
    const ids = (await processesOf(page.browser())).map(({ id }) => id);
    memory.push({
      at: times.length,
      value: residentBytes(ids) / 1e6,
      seconds: (performance.now() - start) / 1000,
    });
    if (times.length % 1000 === 0)
      note(`${times.length} of ${frames} frames, ${memory.at(-1)!.value.toFixed(0)} MB`);
  }
  const { stats, errors } = await page.evaluate(() => globalThis.poseLoop.end());
  if (errors.length > 0) throw new Error(errors.join("\n"));
  const warm = memory.filter(({ at }) => at > WARM_UP * times.length);
  const { slope, error } = fitSlope(thinOut(warm, STRETCH));
  const [first, last] = [warm[0]!, warm.at(-1)!];
  const framesAnHour = ((last.at - first.at) / (last.seconds - first.seconds)) * 3600;
  const growth = slope * framesAnHour;
  return [
    {
      what: `memory, growth after ${first.at.toLocaleString("en-GB")} frames`,
      value: growth,
      unit: "MB an hour",
      beside: { what: "chance (one standard error)", value: error * framesAnHour },
      budget: { text: `≤ ${MAX_MB_AN_HOUR} MB an hour`, isKept: growth <= MAX_MB_AN_HOUR },
      rounds: thinOut(memory, STRETCH).map(({ value }) => Math.round(value)),
    },
    {
      what: "memory at the end",
      value: last.value,
      unit: "MB",
      beside: { what: "warm", value: first.value },
    },
    {
      what: "frames a second, lowest 5 %",
      value: 1000 / quantile(times, 0.95),
      unit: "fps",
      beside: { what: "median", value: 1000 / quantile(times, 0.5) },
    },
    {
      what: "frames dropped",
      value: stats.dropped + stats.offered - stats.seen,
      unit: "frames",
      beside: { what: "shown", value: stats.offered },
    },
    { what: "landmarkers renewed", value: stats.restarts, unit: "times" },
    { what: "the whole took", value: last.seconds / 60, unit: "min" },
  ];
}

interface PoseLoop {
  /** Shows so many frames, one after the other. @returns how long each took, ms. */
  show: (count: number) => Promise<number[]>;
  end: () => {
    stats: { offered: number; dropped: number; seen: number; restarts: number };
    errors: string[];
  };
}

declare global {
  var poseLoop: PoseLoop;
}

/** Puts the loop into the page: the product's own stream, fed with the frames of a figure that turns. */
async function startLoop(page: Page): Promise<void> {
  await page.evaluate(async (clock) => {
    const folder = "/packages/vision/dist/pose";
    const { createPoseStream } = (await import(
      [folder, "createPoseStream.js"].join("/")
    )) as typeof import("../../packages/vision/src/pose/createPoseStream.ts");
    const { startSeer } = (await import(
      [folder, "startSeer.js"].join("/")
    )) as typeof import("../../packages/vision/src/pose/startSeer.ts");
    const video = Object.assign(document.createElement("video"), {
      muted: true,
      src: URL.createObjectURL(await (await fetch("/test/fixtures/vision/turn_b.mp4")).blob()),
    });
    const once = (type: string) => new Promise((done) => video.addEventListener(type, done, { once: true }));
    await once("loadeddata");
    const pictures: ImageBitmap[] = [];
    for (let time = 0; time < video.duration - 0.1; time += 0.1) {
      const shown = once("seeked");
      video.currentTime = time;
      await shown;
      pictures.push(await createImageBitmap(video, { resizeWidth: 360, resizeHeight: 640 }));
    }
    const canvas = new OffscreenCanvas(360, 640);
    const brush = canvas.getContext("2d", { willReadFrequently: true })!;
    const errors: string[] = [];
    const waiting: (() => void)[] = [];
    let number = 0;
    const stream = createPoseStream({
      start: () => startSeer("/packages/vision/dist/bundle/pose-worker.js", "/packages/vision/dist/assets"),
      onSighting: () => waiting.shift()?.(),
      onError: (error) => errors.push(String(error)),
      now: () => clock * performance.now(),
      after: (delayMs, callback) => {
        const timer = setTimeout(callback, delayMs);
        return () => clearTimeout(timer);
      },
    });
    globalThis.poseLoop = {
      show: async (count) => {
        const times: number[] = [];
        for (let i = 0; i < count; i++) {
          const before = performance.now();
          brush.drawImage(pictures[number++ % pictures.length]!, 0, 0);
          const isSeen = new Promise<void>((done) => waiting.push(done));
          stream.offer(new VideoFrame(canvas, { timestamp: before * 1000 }), before);
          await isSeen;
          times.push(performance.now() - before);
        }
        return times;
      },
      end: () => {
        const stats = { ...stream.stats };
        stream.close();
        return { stats, errors };
      },
    };
  }, CLOCK);
}
