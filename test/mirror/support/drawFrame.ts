import type { Modules } from "./barcodes.ts";

/** How a code is held before the camera. */
export interface Held {
  /** None: a striped shirt alone. */
  code: Modules | undefined;
  /** Width of a module in pixels of the 1280 × 720 frame. */
  modulePx: number;
  /** Degrees. */
  angle: number;
  /** How much narrower the tag looks for being turned away, 1 is straight on. */
  tilt: number;
  /** Radius in pixels. */
  blurPx: number;
  /** Light on the tag, 1 is full. */
  light: number;
  /** Width of the stripes of the shirt behind it, in pixels. */
  stripePx: number;
}

declare global {
  interface Window {
    drawFrame: (held: Held) => Promise<ImageBitmap>;
  }
}

/** Puts `drawFrame` into the page; it must need nothing from outside itself. */
export function defineDrawFrame(): void {
  window.drawFrame = async ({ code, modulePx, angle, tilt, blurPx, light, stripePx }) => {
    const canvas = new OffscreenCanvas(1280, 720);
    const context = canvas.getContext("2d")!;
    context.fillStyle = "#7a8790";
    context.fillRect(0, 0, 1280, 720);
    context.translate(640, 360);
    context.rotate((angle * Math.PI) / 180);
    context.scale(tilt, 1);
    context.fillStyle = "#20252b";
    for (let x = -800; x < 800; x += stripePx * 2) context.fillRect(x, -800, stripePx, 1600);
    if (code) {
      const columns = code.rows[0]!.length;
      const tag = new OffscreenCanvas(columns, code.rows.length * code.rowHeight);
      const ink = tag.getContext("2d")!;
      ink.fillStyle = "#fff";
      ink.fillRect(0, 0, tag.width, tag.height);
      ink.fillStyle = "#111";
      code.rows.forEach((row, y) => {
        for (let x = 0; x < columns; x++)
          if (row[x] === "1") ink.fillRect(x, y * code.rowHeight, 1, code.rowHeight);
      });
      const [width, height] = [tag.width * modulePx, tag.height * modulePx];
      context.imageSmoothingEnabled = false;
      context.fillStyle = "#fff";
      context.fillRect(-width / 2 - 10, -height / 2 - 10, width + 20, height + 20);
      context.drawImage(tag, -width / 2, -height / 2, width, height);
    }
    // At once: a filter on each stripe would take seconds.
    const seen = new OffscreenCanvas(1280, 720);
    const lens = seen.getContext("2d")!;
    lens.filter = `blur(${blurPx}px) brightness(${light})`;
    lens.drawImage(canvas, 0, 0);
    return createImageBitmap(seen);
  };
}
