import type { Browser, Page } from "puppeteer-core";
import { en } from "../../../kiosk/src/strings/en.ts";
import {
  breakCamera,
  keepRealCamera,
  type BreakableCamera,
  type CameraFault,
} from "../../mirror/support/breakableCamera.ts";
import { openMirror, serveMirror } from "../../mirror/support/mirrorPage.ts";
import { launchChromium } from "../../support/chromium.ts";
import type { FaultRow, Outcome, Scope } from "../support/FaultRow.ts";

declare global {
  interface Window {
    camera: BreakableCamera;
  }
}

/** What the law of the mirror's camera is. */
const TOLD_MS = 2_000;
const HEALED_MS = 5_000;
/** Requests for a camera that does not come are at least so far apart; the first wait is 500 ms. */
const APART_MS = 400;
/** What never comes is given up. */
const GUARD_MS = 15_000;

/** How long a fault lasts after it was told, by turns: the waits between requests grow meanwhile. */
const LASTS_MS = [0, 1_000, 3_000, 7_000, 12_000];

const { absent, denied, busy, unplugged, muted, frozen, black } = en.cameraStates;

/** What the glass says of each; nothing where nobody need care. Some are there from the beginning. */
const FAULTS: Record<CameraFault, { said: string; isFirst?: true }> = {
  absent: { said: absent, isFirst: true },
  denied: { said: denied, isFirst: true },
  busy: { said: busy, isFirst: true },
  unplugged: { said: unplugged },
  revoked: { said: denied },
  muted: { said: muted },
  frozen: { said: frozen },
  black: { said: black },
  covered: { said: black },
  resized: { said: "" },
};

/** One camera after the other breaks before a shopper, and comes back. @param change of each page, for controls */
async function run(
  trial: number,
  scope: Scope,
  faults: readonly CameraFault[],
  change?: () => void,
): Promise<Outcome> {
  const served = await serveMirror();
  scope.after(served.close);
  const browser = await launchChromium({
    args: ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
  });
  scope.after(() => browser.close());
  const violations: string[] = [];
  const figures: Record<string, number> = {};
  for (const fault of faults) {
    const { page, begunAt } = await openPage(browser, served.url, fault, change);
    const { said, isFirst } = FAULTS[fault];
    const befellAt = isFirst ? begunAt : await befall(page, fault);
    const toldAt = await shows(page, { said, ...(fault === "resized" && { width: 320 }) });
    await page.waitForFunction(
      (end) => performance.now() >= end,
      {},
      toldAt + LASTS_MS[trial % LASTS_MS.length]!,
    );
    const lasting = await page.evaluate(saidOfCamera);
    const returnedAt = await befall(page, undefined);
    const healedAt = await shows(page, { said: "", width: 640 });
    const [told, healed] = [toldAt - befellAt, healedAt - returnedAt];
    figures[`${fault} told ms`] = told;
    figures[`${fault} healed ms`] = healed;
    if (told > TOLD_MS) violations.push(`${fault}: told after ${told} ms`);
    if (lasting !== said) violations.push(`${fault}: while it lasts, it says “${lasting}”`);
    if (healed > HEALED_MS) violations.push(`${fault}: healed after ${healed} ms`);
    const least = await page.evaluate(leastWait);
    if (least < APART_MS) violations.push(`${fault}: asked again after ${least} ms`);
    await page.close();
  }
  return { faults: faults.length, violations, figures };
}

/** A page of the mirror as it was built, in a session, behind a camera that can be broken. */
async function openPage(browser: Browser, url: string, fault: CameraFault, change?: () => void) {
  const page = await browser.newPage();
  const { isFirst } = FAULTS[fault];
  await page.evaluateOnNewDocument(keepRealCamera);
  await openMirror(page, url, undefined, async () => {
    await page.evaluateOnNewDocument(breakCamera, isFirst && fault);
    if (change) await page.evaluateOnNewDocument(change);
  });
  await page.evaluate(() => window.world.film("turn_a"));
  if (!isFirst) await shows(page, { said: "", width: 640 });
  const begun = await page.waitForFunction(begin, { polling: "raf", timeout: GUARD_MS });
  return { page, begunAt: (await begun.jsonValue()) as number };
}

const befall = (page: Page, fault: CameraFault | undefined): Promise<number> =>
  page.evaluate((next) => window.camera.befall(next), fault);

/** Waits for what the glass shows. @returns when it did, by the page's clock; where it never does, when it was given up */
async function shows(page: Page, wanted: { said: string; width?: number }): Promise<number> {
  const options = { polling: "raf", timeout: GUARD_MS } as const;
  const shown = page.waitForFunction(whenShown, options, wanted.said, wanted.width);
  return shown.then(
    (at) => at.jsonValue() as Promise<number>,
    () => page.evaluate(() => performance.now()),
  );
}

/** Runs in the page. @param width of a living picture, where there has to be one */
function whenShown(said: string, width: number | undefined): number | undefined {
  const notice = document.querySelector(".notice[role=status]")?.textContent ?? "";
  const picture = document.querySelector<HTMLVideoElement>("video.picture");
  const isPicture = width === undefined || (picture?.videoWidth === width && picture.readyState >= 2);
  const isLit = width === undefined || document.querySelector(".camera-light") !== null;
  return notice === said && isPicture && isLit ? performance.now() : undefined;
}

/** Runs in the page: she touches the glass. @returns when; undefined while there is nothing to touch */
function begin(): number | undefined {
  const buttons = [...document.querySelectorAll("button")];
  const found = buttons.find((button) => (button.ariaLabel ?? button.textContent) === "Begin");
  found?.click();
  return found && performance.now();
}

/** Runs in the page. @returns what the glass says of its camera */
function saidOfCamera(): string {
  return document.querySelector(".notice[role=status]")?.textContent ?? "";
}

/** Runs in the page. @returns ms between two requests for the camera, where they were closest */
function leastWait(): number {
  const { asked } = window.camera;
  return Math.min(...asked.slice(1).map((at, i) => at - asked[i]!), 1e9);
}

/** Runs in the page before it, for the control: whoever looks at its pictures sees another one each time, and light. */
function hidePictures(): void {
  OffscreenCanvasRenderingContext2D.prototype.getImageData = (_x, _y, width, height) => {
    const pixels = Uint8ClampedArray.from({ length: width * height * 4 }, () => 256 * Math.random());
    return new ImageData(pixels, width, height);
  };
}

/** The camera of a mirror fails, in ten ways, and comes back. */
export const brokenCamera: FaultRow = {
  id: "E4",
  about: "the camera fails in ten ways, and comes back",
  trials: { ci: 1, full: 5 },
  run: (trial, scope) => run(trial, scope, Object.keys(FAULTS) as CameraFault[]),
  control: {
    about: "with a supervisor that sees no pictures",
    trials: { ci: 1, full: 1 },
    run: (trial, scope) => run(trial, scope, ["frozen", "black"], hidePictures),
  },
};
