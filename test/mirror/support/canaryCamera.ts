import { writeFile } from "node:fs/promises";

const WIDTH = 1280;
const HEIGHT = 720;
const FRAMES = 6;

/** What each quarter of the picture shows: luma and chroma, and about which colour that is. */
export const QUARTERS = [
  { name: "red", y: 81, u: 90, v: 240, rgb: [254, 0, 0] },
  { name: "green", y: 145, u: 54, v: 34, rgb: [0, 255, 1] },
  { name: "blue", y: 41, u: 240, v: 110, rgb: [0, 0, 255] },
  { name: "yellow", y: 210, u: 16, v: 146, rgb: [255, 255, 0] },
] as const;

/** Writes a film for Chromium's fake camera: four colours, and noise in the middle so that the encoder has work. */
export async function writeCanaryFilm(path: string): Promise<void> {
  const frames = Array.from({ length: FRAMES }, (_, frame) =>
    Buffer.concat([
      Buffer.from("FRAME\n"),
      plane(WIDTH, HEIGHT, "y", frame),
      plane(WIDTH / 2, HEIGHT / 2, "u", frame),
      plane(WIDTH / 2, HEIGHT / 2, "v", frame),
    ]),
  );
  const header = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F30:1 Ip A1:1 C420jpeg\n`);
  await writeFile(path, Buffer.concat([header, ...frames]));
}

function plane(width: number, height: number, part: "y" | "u" | "v", frame: number): Buffer {
  const bytes = Buffer.alloc(width * height);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const quarter = QUARTERS[(row < height / 2 ? 0 : 2) + (column < width / 2 ? 0 : 1)]!;
      const isMiddle = Math.abs(row - height / 2) < height / 8 && Math.abs(column - width / 2) < width / 8;
      const noise =
        isMiddle && part === "y" ? ((row * 31 + column * 17 + frame * 101) * 2654435761) >>> 28 : 0;
      bytes[row * width + column] = quarter[part] + noise;
    }
  }
  return bytes;
}
