/** Pixels of a picture: four bytes each, red, green, blue and opacity, row by row. */
export interface Pixels {
  data: Uint8Array | Uint8ClampedArray;
  width: number;
  height: number;
}

/** Makes a picture smaller: each pixel of `to` becomes the mean of those of `from` that it covers. */
export function shrink(from: Pixels, to: Pixels): void {
  const [columns, rows] = [edges(from.width, to.width), edges(from.height, to.height)];
  for (let y = 0; y < to.height; y++)
    for (let x = 0; x < to.width; x++) {
      const [left, right, top, bottom] = [columns[x]!, columns[x + 1]!, rows[y]!, rows[y + 1]!];
      let [red, green, blue] = [0, 0, 0];
      for (let row = top; row < bottom; row++)
        for (let at = 4 * (row * from.width + left); at < 4 * (row * from.width + right); at += 4) {
          red += from.data[at]!;
          green += from.data[at + 1]!;
          blue += from.data[at + 2]!;
        }
      const count = (right - left) * (bottom - top);
      const place = 4 * (y * to.width + x);
      to.data[place] = red / count;
      to.data[place + 1] = green / count;
      to.data[place + 2] = blue / count;
      to.data[place + 3] = 255;
    }
}

/** Where each of `to` pixels begins among `from`, which are as many or more, and where the last one ends. */
const edges = (from: number, to: number): number[] =>
  Array.from({ length: to + 1 }, (_, i) => Math.round((i * from) / to));
