import { createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import type { Browser } from "puppeteer-core";
import { serveFolder } from "./serveFolder.ts";

/** Bits of a frame's number, drawn as black and white blocks along the picture's top edge. */
export const NUMBER_BITS = 10;

/** Decodes films in a page. */
const DECODER = new URL("../../../node_modules/mediabunny/dist/bundles/", import.meta.url).pathname;

/** One scene of a fake camera: a film, and which of its frames are shown. */
export interface Scene {
  film: URL;
  /** Frames a second of the film. */
  fps: number;
  /** Frame numbers in the order they are shown, 30 a second. */
  frames: number[];
}

/**
 * Writes what Chromium's fake camera plays (it loops, at 30 frames a second): scenes one after the other, each frame with
 * its place in the whole written into the picture, so that a test can read from pixels which moment is shown.
 */
export async function writeNumberedCamera(browser: Browser, file: string, scenes: Scene[]): Promise<void> {
  // Films are decoded in secure contexts alone.
  const served = await serveFolder({ "/decoder/": DECODER });
  const page = await browser.newPage();
  const out = createWriteStream(file);
  try {
    await page.goto(served.url);
    await page.exposeFunction("writeFrame", (jpeg: string) => void out.write(Buffer.from(jpeg, "base64")));
    let first = 0;
    for (const { film, fps, frames } of scenes) {
      const bytes = (await readFile(film)).toString("base64");
      const times = frames.map((frame) => (frame + 0.5) / fps);
      await page.evaluate(drawScene, bytes, times, first, NUMBER_BITS);
      first += frames.length;
    }
  } finally {
    await new Promise((done) => out.end(done));
    await page.close();
    await served.close();
  }
}

async function drawScene(film: string, times: number[], first: number, bits: number): Promise<void> {
  const { Input, BufferSource, CanvasSink, ALL_FORMATS } = (await import(
    ["/decoder", "mediabunny.min.mjs"].join("/")
  )) as typeof import("mediabunny");
  const { writeFrame } = window as unknown as { writeFrame: (jpeg: string) => Promise<void> };
  const bytes = Uint8Array.from(atob(film), (char) => char.charCodeAt(0));
  const input = new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS });
  const sink = new CanvasSink((await input.getPrimaryVideoTrack())!, { poolSize: 1 });
  const canvas = document.createElement("canvas");
  const brush = canvas.getContext("2d")!;
  let number = first;
  for await (const shown of sink.canvasesAtTimestamps(times)) {
    const picture = shown!.canvas;
    if (canvas.width !== picture.width) [canvas.width, canvas.height] = [picture.width, picture.height];
    brush.drawImage(picture, 0, 0);
    const side = canvas.width / bits;
    for (let bit = 0; bit < bits; bit++) {
      brush.fillStyle = (number >> bit) & 1 ? "#fff" : "#000";
      brush.fillRect(bit * side, 0, side + 1, side);
    }
    number++;
    await writeFrame(canvas.toDataURL("image/jpeg", 0.9).split(",")[1]!);
  }
}

/**
 * Reads a frame's number from a picture of the fake camera. Runs in a page.
 * @returns undefined where it shows none
 */
export function readNumber(picture: Element, bits: number): number | undefined {
  const source = picture as HTMLCanvasElement | HTMLVideoElement;
  const width = source instanceof HTMLVideoElement ? source.videoWidth : source.width;
  const height = source instanceof HTMLVideoElement ? source.videoHeight : source.height;
  if (!width) return undefined;
  const copy = new OffscreenCanvas(width, height);
  const brush = copy.getContext("2d", { willReadFrequently: true })!;
  brush.drawImage(source, 0, 0);
  const side = width / bits;
  let number = 0;
  for (let bit = 0; bit < bits; bit++) {
    const red = brush.getImageData(Math.floor((bit + 0.5) * side), Math.floor(side / 2), 1, 1).data[0]!;
    if (red > 90 && red < 165) return undefined;
    if (red >= 165) number |= 1 << bit;
  }
  return number;
}
