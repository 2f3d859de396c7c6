import type { Fold, Sketch } from "./createSketch.ts";

/** Half widths from the centre line and heights, in units of the 600 × 750 sheet. */
interface Shape {
  top: number;
  waist: number;
  hip: number;
  crotch: number;
  knee: { y: number; outer: number; inner: number };
  hem: { y: number; outer: number; inner: number };
  details: (sketch: Sketch, shape: Shape) => void;
}

const CX = 300;
const JEANS_THREAD = "#c8975c";

const SHAPES: Readonly<Record<string, Shape>> = {
  wide: {
    top: 92,
    waist: 72,
    hip: 104,
    crotch: 262,
    knee: { y: 440, outer: 128, inner: 16 },
    hem: { y: 672, outer: 152, inner: 22 },
    details: pleatedFront,
  },
  straight: {
    top: 92,
    waist: 72,
    hip: 100,
    crotch: 262,
    knee: { y: 440, outer: 101, inner: 19 },
    hem: { y: 670, outer: 98, inner: 24 },
    details: creasedFront,
  },
  tapered: {
    top: 96,
    waist: 74,
    hip: 110,
    crotch: 270,
    knee: { y: 440, outer: 99, inner: 20 },
    hem: { y: 640, outer: 80, inner: 29 },
    details: creasedFront,
  },
  flared: {
    top: 92,
    waist: 70,
    hip: 96,
    crotch: 256,
    knee: { y: 448, outer: 90, inner: 20 },
    hem: { y: 676, outer: 136, inner: 14 },
    details: plainFront,
  },
  culottes: {
    top: 116,
    waist: 76,
    hip: 116,
    crotch: 282,
    knee: { y: 430, outer: 150, inner: 10 },
    hem: { y: 586, outer: 172, inner: 12 },
    details: pleatedFront,
  },
  jeans: {
    top: 92,
    waist: 74,
    hip: 102,
    crotch: 258,
    knee: { y: 440, outer: 102, inner: 20 },
    hem: { y: 668, outer: 96, inner: 26 },
    details: fivePockets,
  },
  "wide-jeans": {
    top: 92,
    waist: 71,
    hip: 104,
    crotch: 260,
    knee: { y: 440, outer: 124, inner: 15 },
    hem: { y: 674, outer: 140, inner: 19 },
    details: fivePockets,
  },
  cargo: {
    top: 96,
    waist: 76,
    hip: 110,
    crotch: 268,
    knee: { y: 440, outer: 116, inner: 18 },
    hem: { y: 660, outer: 98, inner: 24 },
    details: cargoPockets,
  },
};

/** Trousers from the front, laid flat. */
export function drawTrousers(sketch: Sketch, cut: string): void {
  const shape = vary(SHAPES[cut] ?? SHAPES["straight"]!, sketch.random);
  const { top, waist } = shape;
  sketch.piece({
    d: `M${CX - waist} ${top - 4}C${CX - 30} ${top - 17} ${CX + 30} ${top - 17} ${CX + waist} ${top - 4}L${CX + waist} ${top + 22}H${CX - waist}Z`,
    tone: "inside",
    round: 16,
  });
  for (const side of [1, -1]) {
    sketch.piece({ d: legPath(shape, side), folds: legFolds(shape, side, sketch.random), round: 34 });
  }
  sketch.seam(`M${CX} ${top + 20}V${shape.crotch + 2}`);
  hems(sketch, shape);
  shape.details(sketch, shape);
  waistband(sketch, shape, cut);
}

function vary(shape: Shape, random: () => number): Shape {
  const wider = (random() - 0.5) * 14;
  const longer = (random() - 0.5) * 26;
  return {
    ...shape,
    hip: shape.hip + wider * 0.3,
    knee: { ...shape.knee, outer: shape.knee.outer + wider * 0.8 },
    hem: { ...shape.hem, y: shape.hem.y + longer, outer: shape.hem.outer + wider },
  };
}

function legPath({ top, waist, hip, crotch, knee, hem }: Shape, side: number): string {
  const x = (value: number): number => CX + side * value;
  const mid = (hem.outer + hem.inner) / 2;
  return [
    `M${x(0)} ${top + 6}L${x(waist)} ${top}`,
    `C${x(waist + 10)} ${top + 50} ${x(hip + 2)} ${top + 78} ${x(hip)} ${top + 140}`,
    `C${x(hip + 2)} ${top + 190} ${x(knee.outer)} ${knee.y - 60} ${x(knee.outer)} ${knee.y}`,
    `C${x(knee.outer)} ${knee.y + 70} ${x(hem.outer)} ${hem.y - 70} ${x(hem.outer)} ${hem.y}`,
    `Q${x(mid)} ${hem.y + 10} ${x(hem.inner)} ${hem.y + 3}`,
    `C${x(hem.inner)} ${hem.y - 80} ${x(knee.inner)} ${knee.y + 50} ${x(knee.inner)} ${knee.y}`,
    `C${x(knee.inner)} ${knee.y - 80} ${x(8)} ${crotch + 40} ${x(0)} ${crotch}Z`,
  ].join("");
}

/** A place across a leg, from its inner edge (0) to its outer (1). */
function at(share: number, level: { outer: number; inner: number }): number {
  return level.inner + (level.outer - level.inner) * share;
}

function legFolds({ top, hip, crotch, knee, hem }: Shape, side: number, random: () => number): Fold[] {
  const x = (value: number): number => CX + side * value;
  const folds: Fold[] = [];
  for (const share of [0.3, 0.52, 0.78]) {
    const drift = share + (random() - 0.5) * 0.12;
    folds.push({
      d: `M${x(hip * drift)} ${crotch - 20 + random() * 60}C${x(at(drift, knee))} ${knee.y - 60} ${x(at(drift, knee))} ${knee.y + 20} ${x(at(drift, hem))} ${hem.y + 6}`,
      width: 9 + random() * 10,
      strength: 0.6 + random() * 0.5,
      fades: true,
    });
  }
  // Drag lines from the crotch, and the small breaks above the hem.
  for (let index = 0; index < 3; index++) {
    folds.push({
      d: `M${x(4)} ${crotch - 6 + index * 12}Q${x(34 + random() * 14)} ${crotch + 4 + index * 16} ${x(58 + random() * 22)} ${crotch - 10 + index * 26}`,
      width: 7,
      strength: 0.8 - index * 0.15,
    });
  }
  folds.push(
    {
      d: `M${x(hip - 6)} ${top + 120}Q${x(hip - 40)} ${top + 132} ${x(hip - 66)} ${top + 124}`,
      width: 7,
      strength: 0.4,
    },
    {
      d: `M${x(at(0.9, hem))} ${hem.y - 46}Q${x(at(0.5, hem))} ${hem.y - 34 + random() * 10} ${x(at(0.15, hem))} ${hem.y - 50}`,
      width: 7,
      strength: 0.4,
    },
  );
  return folds;
}

function hems(sketch: Sketch, { hem }: Shape): void {
  for (const side of [1, -1]) {
    const x = (value: number): number => CX + side * value;
    const mid = (hem.outer + hem.inner) / 2;
    sketch.stitch(`M${x(hem.outer)} ${hem.y - 14}Q${x(mid)} ${hem.y - 5} ${x(hem.inner)} ${hem.y - 12}`);
  }
}

function waistband(sketch: Sketch, { top, waist }: Shape, cut: string): void {
  const upper = `M${CX - waist} ${top - 4}C${CX - 30} ${top + 8} ${CX + 30} ${top + 8} ${CX + waist} ${top - 4}`;
  sketch.piece({
    d: `${upper}L${CX + waist + 3} ${top + 20}C${CX + 30} ${top + 33} ${CX - 30} ${top + 33} ${CX - waist - 3} ${top + 20}Z`,
    round: 14,
  });
  const thread = cut.includes("jeans") ? JEANS_THREAD : undefined;
  sketch.stitch(
    `M${CX - waist} ${top + 17}C${CX - 30} ${top + 30} ${CX + 30} ${top + 30} ${CX + waist} ${top + 17}`,
    thread,
  );
  for (const offset of [-0.62, 0.62]) {
    const x = CX + offset * waist;
    sketch.piece({ d: `M${x - 4} ${top + 1}h8v29h-8Z`, round: 5 });
  }
  sketch.button(CX + 2, top + 17, cut.includes("jeans") ? 5 : 4);
}

function sidePockets(sketch: Sketch, { top, waist, hip }: Shape): void {
  for (const side of [1, -1]) {
    sketch.seam(`M${CX + side * (waist - 18)} ${top + 26}L${CX + side * (hip - 7)} ${top + 104}`);
  }
}

function fly(sketch: Sketch, { top, crotch }: Shape, thread?: string): void {
  sketch.stitch(
    `M${CX + 17} ${top + 30}V${crotch - 62}Q${CX + 16} ${crotch - 40} ${CX + 1} ${crotch - 30}`,
    thread,
  );
}

function plainFront(sketch: Sketch, shape: Shape): void {
  sidePockets(sketch, shape);
}

function creasedFront(sketch: Sketch, shape: Shape): void {
  sidePockets(sketch, shape);
  fly(sketch, shape);
  for (const side of [1, -1]) {
    const knee = (shape.knee.outer + shape.knee.inner) / 2;
    const hem = (shape.hem.outer + shape.hem.inner) / 2;
    sketch.seam(
      `M${CX + side * 46} ${shape.top + 46}C${CX + side * 54} ${shape.crotch} ${CX + side * knee} ${shape.knee.y - 80} ${CX + side * knee} ${shape.knee.y}L${CX + side * hem} ${shape.hem.y + 4}`,
      0.9,
    );
  }
}

function pleatedFront(sketch: Sketch, shape: Shape): void {
  sidePockets(sketch, shape);
  fly(sketch, shape);
  for (const side of [1, -1]) {
    for (const [from, to, length] of [
      [30, 36, 96],
      [46, 55, 70],
    ] as const) {
      sketch.seam(
        `M${CX + side * from} ${shape.top + 30}Q${CX + side * (from + 1)} ${shape.top + 60} ${CX + side * to} ${shape.top + length}`,
        1.4,
      );
    }
  }
}

function fivePockets(sketch: Sketch, shape: Shape): void {
  const { top, waist, hip, crotch, knee, hem } = shape;
  fly(sketch, shape, JEANS_THREAD);
  for (const side of [1, -1]) {
    const x = (value: number): number => CX + side * value;
    const pocket = (inset: number): string =>
      `M${x(waist * 0.46)} ${top + 29 + inset}C${x(waist * 0.5)} ${top + 62 + inset} ${x(waist * 0.8)} ${top + 76 + inset} ${x(hip - 6)} ${top + 72 + inset}`;
    sketch.seam(pocket(0), 1.4);
    sketch.stitch(pocket(5), JEANS_THREAD);
    sketch.stitch(
      `M${x(waist - 2)} ${top + 30}C${x(hip - 6)} ${top + 90} ${x(hip - 8)} ${top + 150} ${x((hip + knee.outer) / 2 - 7)} ${crotch + 40}`,
      JEANS_THREAD,
    );
    const mid = (hem.outer + hem.inner) / 2;
    sketch.stitch(
      `M${x(hem.outer)} ${hem.y - 12}Q${x(mid)} ${hem.y - 3} ${x(hem.inner)} ${hem.y - 10}`,
      JEANS_THREAD,
    );
    sketch.raw(`<circle cx="${x(waist * 0.47)}" cy="${top + 34}" r="2" fill="#b98b55"/>`);
    // Wear shows where the thigh rubs.
    sketch.raw(
      `<ellipse cx="${x(knee.outer * 0.56)}" cy="${crotch + 66}" rx="22" ry="96" fill="${sketch.cloth.light}" opacity=".2" style="filter:blur(16px)"/>`,
    );
  }
}

function cargoPockets(sketch: Sketch, shape: Shape): void {
  sidePockets(sketch, shape);
  fly(sketch, shape);
  const y = shape.crotch + 66;
  for (const side of [1, -1]) {
    const outer = CX + side * (shape.knee.outer - 1);
    const inner = CX + side * (shape.knee.outer - 54);
    sketch.piece({
      d: `M${outer} ${y}L${inner} ${y + 3}L${inner + side} ${y + 86}Q${(inner + outer) / 2} ${y + 92} ${outer} ${y + 84}Z`,
      round: 12,
    });
    sketch.piece({
      d: `M${outer + side} ${y - 5}L${inner - side * 2} ${y - 2}L${inner - side} ${y + 20}L${(inner + outer) / 2} ${y + 28}L${outer + side} ${y + 18}Z`,
      round: 9,
    });
    sketch.button((inner + outer) / 2, y + 18, 3);
    sketch.stitch(
      `M${CX + side * shape.knee.inner} ${shape.knee.y + 22}L${CX + side * shape.knee.outer} ${shape.knee.y + 18}`,
    );
  }
}
