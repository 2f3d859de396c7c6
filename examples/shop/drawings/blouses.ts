import type { Bodice } from "./Bodice.ts";
import { drawBodice } from "./drawBodice.ts";
import type { Sketch } from "./createSketch.ts";

const BASE: Bodice = {
  neck: "round",
  sleeve: "long",
  shoulderY: 150,
  shoulder: 106,
  chest: 124,
  waist: 116,
  waistY: 380,
  hem: 126,
  bottom: 540,
  depth: 46,
};

const SHAPES: Readonly<Record<string, Bodice>> = {
  shirt: { ...BASE, neck: "collar", depth: 38, chest: 128, waist: 122, hem: 132, bottom: 570 },
  "v-blouse": { ...BASE, neck: "v", sleeve: "rolled", depth: 108, hem: 130 },
  "bow-blouse": { ...BASE, neck: "tie", depth: 40, hem: 124 },
  "puff-blouse": { ...BASE, sleeve: "puff", depth: 52, shoulder: 98, waist: 112, hem: 122, bottom: 500 },
  "wrap-blouse": {
    ...BASE,
    neck: "wrap",
    sleeve: "rolled",
    depth: 126,
    waist: 98,
    waistY: 400,
    hem: 128,
    bottom: 520,
  },
  tunic: {
    ...BASE,
    neck: "notch",
    sleeve: "rolled",
    depth: 34,
    shoulderY: 130,
    waistY: 400,
    waist: 126,
    hem: 148,
    bottom: 610,
  },
  sleeveless: {
    ...BASE,
    sleeve: "none",
    depth: 48,
    shoulder: 92,
    chest: 116,
    waist: 114,
    hem: 124,
    bottom: 530,
  },
  knit: { ...BASE, depth: 42, chest: 112, waist: 98, hem: 108, bottom: 520, shoulder: 98 },
  "roll-neck": {
    ...BASE,
    neck: "roll",
    depth: 20,
    chest: 112,
    waist: 100,
    hem: 108,
    bottom: 526,
    shoulder: 98,
  },
  tee: { ...BASE, sleeve: "short", depth: 48, chest: 122, waist: 114, hem: 120, bottom: 526 },
  camisole: {
    ...BASE,
    neck: "straps",
    sleeve: "none",
    depth: 60,
    chest: 100,
    waist: 98,
    hem: 118,
    bottom: 530,
  },
};

/** A blouse, shirt or top from the front. */
export function drawBlouse(sketch: Sketch, cut: string): void {
  const base = SHAPES[cut] ?? BASE;
  const wider = (sketch.random() - 0.5) * 14;
  const bodice = {
    ...base,
    waist: base.waist + wider,
    hem: base.hem + wider,
    bottom: base.bottom + (sketch.random() - 0.5) * 34,
  };
  drawBodice(sketch, bodice);
  const { bottom, hem } = bodice;
  if (cut === "knit" || cut === "roll-neck") {
    sketch.seam(`M${300 - hem} ${bottom - 30}Q300 ${bottom - 12} ${300 + hem} ${bottom - 30}`);
  } else {
    sketch.stitch(`M${300 - hem} ${bottom - 11}Q300 ${bottom + 7} ${300 + hem} ${bottom - 11}`);
  }
  if (cut === "wrap-blouse") waistTie(sketch, bodice);
}

/** The tied ends at the side of a wrap. */
export function waistTie(sketch: Sketch, { waist, waistY }: Bodice): void {
  const x = 300 + waist - 4;
  const y = waistY - 6;
  sketch.piece({
    d: `M${x - 6} ${y}C${x + 10} ${y + 40} ${x + 4} ${y + 90} ${x + 16} ${y + 132}L${x + 32} ${y + 124}C${x + 26} ${y + 80} ${x + 22} ${y + 40} ${x + 4} ${y - 4}Z`,
    round: 10,
  });
  sketch.piece({
    d: `M${x - 8} ${y}C${x - 6} ${y + 40} ${x - 22} ${y + 80} ${x - 18} ${y + 112}L${x - 2} ${y + 114}C${x - 2} ${y + 80} ${x + 6} ${y + 40} ${x + 2} ${y}Z`,
    round: 10,
  });
}
