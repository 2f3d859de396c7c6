import { openSync, readFileSync, writeSync, closeSync } from "node:fs";
import { join } from "node:path";
import { launchChromium } from "../../support/chromium.ts";
import { temporaryFolder } from "../../support/shopper.ts";
import type { Cleanup } from "./running.ts";

/** Who stands before the camera. */
export type Scene = "shopper" | "nobody" | "next";

/** A camera whose picture a test changes while it runs. */
export interface SceneCamera {
  /** What Chromium takes for a camera. */
  file: string;
  /** Who is seen from the next frame on. */
  show(scene: Scene): void;
}

const WIDTH = 640;
const HEIGHT = 480;
/** A living sensor's pictures differ; these by the noise in one corner. */
const FRAMES = 4;
const FRAME_HEADER = Buffer.from("FRAME\n");
const HEADER = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F30:1 Ip A1:1 C420jpeg\n`);
const PHOTO = new URL("../../fixtures/vision/pose.jpg", import.meta.url);

/** Width of the noise: a row of it is found again in whatever keeps raw pixels. */
const NOISE = 96;
const SEEDS: Record<Scene, number> = { shopper: 11, nobody: 23, next: 37 };

/** A row of brightness that only the shopper's first picture has. */
export const CANARY_PIXELS: Buffer = noiseRow("shopper", 0, 0);

/** Films of all scenes, of the same length; made once for a process. */
let films: Promise<Record<Scene, Buffer>> | undefined;

/** Makes a camera that shows nobody; its file goes with the scope. */
export async function createSceneCamera(scope: Cleanup): Promise<SceneCamera> {
  const made = await (films ??= makeFilms());
  const folder = await temporaryFolder("camera");
  scope.after(folder.remove);
  const file = join(folder.path, "camera.y4m");
  // Chromium reads each frame anew from the open file, so it must be written over in place.
  const show = (scene: Scene) => {
    const descriptor = openSync(file, "r+");
    writeSync(descriptor, made[scene]);
    closeSync(descriptor);
  };
  closeSync(openSync(file, "w"));
  show("nobody");
  return { file, show };
}

async function makeFilms(): Promise<Record<Scene, Buffer>> {
  const [shopper, next] = await drawPhoto();
  const nobody = Buffer.alloc(WIDTH * HEIGHT * 4, 140);
  const filmOf = (scene: Scene, pixels: Buffer) =>
    Buffer.concat([
      HEADER,
      ...Array.from({ length: FRAMES }, (_, frame) => [
        FRAME_HEADER,
        ...planesOf(pixels, scene, frame),
      ]).flat(),
    ]);
  return {
    shopper: filmOf("shopper", shopper),
    nobody: filmOf("nobody", nobody),
    next: filmOf("next", next),
  };
}

/** The photo of one person as RGBA, and its mirror image as another shopper. */
async function drawPhoto(): Promise<[Buffer, Buffer]> {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const [one, other] = await page.evaluate(
      drawTwice,
      readFileSync(PHOTO).toString("base64"),
      WIDTH,
      HEIGHT,
    );
    return [Buffer.from(one, "base64"), Buffer.from(other, "base64")];
  } finally {
    await browser.close();
  }
}

/** Runs in a page. */
async function drawTwice(jpeg: string, width: number, height: number): Promise<[string, string]> {
  const photo = await createImageBitmap(await (await fetch(`data:image/jpeg;base64,${jpeg}`)).blob());
  const draw = async (isMirrored: boolean): Promise<string> => {
    const brush = new OffscreenCanvas(width, height).getContext("2d")!;
    if (isMirrored) brush.setTransform(-1, 0, 0, 1, width, 0);
    brush.drawImage(photo, 0, 0, width, height);
    const { data } = brush.getImageData(0, 0, width, height);
    const reader = new FileReader();
    const read = new Promise((resolve) => reader.addEventListener("load", resolve));
    reader.readAsDataURL(new Blob([data]));
    await read;
    return String(reader.result).split(",")[1]!;
  };
  return [await draw(false), await draw(true)];
}

/** Brightness, then colour at a quarter of the size; full range, as JPEG has it. */
function planesOf(rgba: Buffer, scene: Scene, frame: number): Buffer[] {
  const [y, u, v] = [WIDTH * HEIGHT, (WIDTH * HEIGHT) / 4, (WIDTH * HEIGHT) / 4].map((size) =>
    Buffer.alloc(size),
  );
  for (let row = 0; row < HEIGHT; row++)
    for (let column = 0; column < WIDTH; column++) {
      const at = row * WIDTH + column;
      const [r, g, b] = [rgba[at * 4]!, rgba[at * 4 + 1]!, rgba[at * 4 + 2]!];
      y![at] = 0.299 * r + 0.587 * g + 0.114 * b;
      if (row % 2 || column % 2) continue;
      const half = (row / 2) * (WIDTH / 2) + column / 2;
      u![half] = 128 - 0.169 * r - 0.331 * g + 0.5 * b;
      v![half] = 128 + 0.5 * r - 0.419 * g - 0.081 * b;
    }
  for (let row = 0; row < NOISE; row++) noiseRow(scene, frame, row).copy(y!, row * WIDTH);
  return [y!, u!, v!];
}

function noiseRow(scene: Scene, frame: number, row: number): Buffer {
  const values = Buffer.alloc(NOISE);
  let state = SEEDS[scene] * 7919 + frame * 104_729 + row * 1_299_709 + 1;
  for (let at = 0; at < NOISE; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    values[at] = 64 + (state >>> 25);
  }
  return values;
}
