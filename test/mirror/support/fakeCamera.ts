import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Writes a film of a few grey frames that Chromium takes for a camera. @returns its path. */
export function writeFakeCamera(folder: string, width = 64, height = 48): string {
  const file = join(folder, "camera.y4m");
  const head = `YUV4MPEG2 W${width} H${height} F30:1 Ip A1:1 C420mpeg2\n`;
  // A frame of brightness, then two of colour at a quarter of the size.
  const frame = (grey: number) =>
    Buffer.concat([
      Buffer.from("FRAME\n"),
      Buffer.alloc(width * height, grey),
      Buffer.alloc((width * height) / 2, 128),
    ]);
  writeFileSync(file, Buffer.concat([Buffer.from(head), frame(60), frame(180)]));
  return file;
}
