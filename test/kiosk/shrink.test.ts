import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { shrink } from "../../kiosk/src/looks/shrink.ts";

const empty = (width: number, height: number) => ({
  data: new Uint8ClampedArray(4 * width * height),
  width,
  height,
});

describe("shrinking a picture", () => {
  it("gives each pixel the mean of those it covers, each colour by itself", () => {
    const from = empty(4, 2);
    from.data.set([0, 10, 200, 255, 100, 30, 100, 255], 0);
    from.data.set([40, 20, 60, 255, 60, 20, 40, 255], 16);
    from.data.set([255, 255, 255, 255, 255, 255, 255, 255], 8);
    from.data.set([1, 2, 3, 255, 1, 2, 3, 255], 24);
    const to = empty(2, 1);
    shrink(from, to);
    assert.deepEqual([...to.data], [50, 20, 100, 255, 128, 128, 129, 255]);
  });

  it("leaves out no pixel and takes none twice where sizes do not divide", () => {
    const from = empty(720, 1280);
    for (let i = 0; i < from.data.length; i += 4) from.data[i] = (i / 4) % 720 < 360 ? 0 : 255;
    const to = empty(304, 540);
    shrink(from, to);
    const row = Array.from({ length: 304 }, (_, x) => to.data[4 * (270 * 304 + x)]!);
    assert.deepEqual(row, [...Array<number>(152).fill(0), ...Array<number>(152).fill(255)]);
  });

  it("copies a picture of the same size", () => {
    const from = empty(3, 3);
    for (let i = 0; i < from.data.length; i++) from.data[i] = i % 4 === 3 ? 255 : i * 5;
    const to = empty(3, 3);
    shrink(from, to);
    assert.deepEqual(to.data, from.data);
  });
});
