import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Page } from "playwright-core";
import type { Browser, ElementHandle, Page as Phone } from "puppeteer-core";
import { enrolmentCode } from "../../examples/enrolmentCode.ts";
import { runBox } from "../../test/mirror/support/box.ts";
import { NUMBER_BITS, readNumber, writeNumberedCamera } from "../../test/mirror/support/numberedCamera.ts";
import { readQr } from "../../test/mirror/support/readQr.ts";
import type { Cleanup, Running } from "../../test/mirror/support/running.ts";
import { launchChromium } from "../../test/support/chromium.ts";
import { setStage } from "../../test/support/shopper.ts";
import { processesOf, watchPeak } from "../support/browserMemory.ts";
import { mainThreadCpu, type ThreadTime } from "../support/mainThreadCpu.ts";
import { ownFile } from "../support/packageFile.ts";
import { startFrames, stopFrames, type Frames } from "./frameLoop.ts";

/** Frames that a figure stands still before it turns: the countdown's length and a tap's. */
const STILL = 130;
/** Figures before the fake camera, and the frames of their turns. */
const FIGURES = { turn_a: 240, turn_b: 120 } as const;
const GUARD = { timeout: 90_000 };

/** How long frames are counted before a recording begins. */
const ALONE_MS = 5_000;

/** What was measured while one look was recorded. */
export interface Recorded {
  /** The mirror's page before, when it only showed and saw. */
  alone: Frames;
  /** While it recorded: its page, the main thread of that, and an empty page in another browser at the same time. */
  mirror: Frames;
  thread: ThreadTime;
  empty: Frames;
}

/** What a visit to the mirror measured. */
export interface Visit {
  recorded: Recorded[];
  /** What a comparison added to the memory of the page and of the process that draws it, at most, in bytes. */
  mirrorBytes: number;
  phoneBytes: number;
}

/** Records two looks at the real mirror, compares them there, takes them home and compares them on a phone. */
export async function visit(folder: string, note: (text: string) => void): Promise<Visit> {
  const ends: (() => unknown)[] = [];
  const cleanup: Cleanup = { after: (end) => void ends.unshift(end) };
  try {
    const stage = await setStage();
    ends.unshift(() => stage.close());
    const phones = await launchChromium();
    ends.unshift(() => phones.close());
    const camera = join(folder, "camera.mjpeg");
    await writeNumberedCamera(phones, camera, Object.entries(FIGURES).map(sceneOf));
    const box = await runBox(cleanup, {
      page: ownFile("kiosk/dist/page"),
      fakeCamera: camera,
      enrolment: { endpoint: stage.demo.vitrineUrl, code: await enrolmentCode(stage.demo) },
    });
    const page = await box.page();
    const empty = await phones.newPage();
    await press(page, "Begin");
    const recorded: Recorded[] = [];
    for (const which of [0, 1]) {
      note(`records look ${which + 1}`);
      if (which > 0) await press(page, "Mirror");
      recorded.push(await record(box, page, empty, which));
    }
    await empty.close();
    note("compares");
    const ids = [...(await box.processes("renderer")), ...(await box.processes("gpu"))];
    const mirrorBytes = await added(ids, () => compareOnMirror(page));
    await press(page, "Back");
    await press(page, "Take home");
    await page.locator(".qr").waitFor(GUARD);
    const blank = await phones.newPage();
    const link = await readQr(blank, await page.locator(".qr").screenshot());
    note("compares on the phone");
    return { recorded, mirrorBytes, phoneBytes: await phoneBytes(link, ends) };
  } finally {
    for (const end of ends) await end();
  }
}

const sceneOf = ([name, frames]: [string, number]) => ({
  film: new URL(`../../test/fixtures/vision/${name}.mp4`, import.meta.url),
  fps: 30,
  frames: [...Array.from({ length: STILL }, () => 0), ...Array.from({ length: frames }, (_, at) => at)],
});

const press = (page: Page, name: string) => page.getByRole("button", { name }).first().click(GUARD);

/** Records a look, and counts frames before and meanwhile. */
async function record(box: Running, page: Page, empty: Phone, which: number): Promise<Recorded> {
  await page.evaluate(startFrames);
  await setTimeout(ALONE_MS);
  const alone = await page.evaluate(stopFrames);
  await stepIn(page, which);
  const renderers = await box.processes("renderer");
  await Promise.all([page.evaluate(startFrames), empty.evaluate(startFrames)]);
  const before = mainThreadCpu(renderers);
  await page.getByRole("heading", { name: "Looks" }).waitFor(GUARD);
  const after = mainThreadCpu(renderers);
  const [ranMs, queuedMs] = [after.ranMs - before.ranMs, after.queuedMs - before.queuedMs];
  const [mirror, emptyFrames] = [await page.evaluate(stopFrames), await empty.evaluate(stopFrames)];
  return { alone, mirror, thread: { ranMs, queuedMs }, empty: emptyFrames };
}

/** Presses the button when the figure has just stepped before the camera, and waits until it is recorded. */
async function stepIn(page: Page, which: number): Promise<void> {
  const first = which === 0 ? 0 : STILL + FIGURES.turn_a;
  const start = page.getByRole("button", { name: "Record a turn" });
  await start.waitFor(GUARD);
  for (let number = -1; number < first || number >= first + 25;)
    number = (await page.locator("video.picture").evaluate(readNumber, NUMBER_BITS)) ?? -1;
  await start.click();
  await page.getByText("Turn once around").first().waitFor(GUARD);
}

/** What doing something adds to the memory of processes, at most. */
async function added(ids: readonly number[], act: () => Promise<void>): Promise<number> {
  const watch = watchPeak(ids);
  await act();
  const { first, peak } = watch.stop();
  return peak - first;
}

async function compareOnMirror(page: Page): Promise<void> {
  await press(page, "Compare");
  await page.locator(".scrubber input:enabled").waitFor(GUARD);
  await press(page, "Freeze");
  for (let at = 0; at < 120; at += 3) {
    await page.getByRole("slider").fill(String(at));
    await page.locator(`.pair[data-step="${at}"]`).waitFor(GUARD);
  }
}

async function phoneBytes(link: string, ends: (() => unknown)[]): Promise<number> {
  // A browser of its own: nothing else is in its processes.
  const browser: Browser = await launchChromium({ args: ["--autoplay-policy=no-user-gesture-required"] });
  ends.unshift(() => browser.close());
  const phone = await browser.newPage();
  await phone.setViewport({ width: 390, height: 844, deviceScaleFactor: 2, isMobile: true, hasTouch: true });
  await phone.goto(link);
  await tap(phone, "Open my looks");
  await phone.waitForFunction(() => document.querySelectorAll(".poster img").length === 2, GUARD);
  const all = await processesOf(browser);
  const ids = all.filter(({ type }) => /^(renderer|gpu)$/i.test(type)).map(({ id }) => id);
  return added(ids, async () => {
    await tap(phone, "Compare two");
    await phone.waitForSelector("figure canvas", GUARD);
    await phone.$eval("input[type=range]", async (input) => {
      for (let at = 0; at <= 1000; at += 10) {
        input.value = String(at);
        input.dispatchEvent(new Event("input", { bubbles: true }));
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      }
    });
  });
}

async function tap(phone: Phone, name: string): Promise<void> {
  const button = await phone.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll("button")].find(
        (one) => !one.disabled && one.innerText.trim() === wanted,
      ),
    GUARD,
    name,
  );
  await (button as ElementHandle<HTMLButtonElement>).click();
}
