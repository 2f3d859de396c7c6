import type { Fold, Sketch } from "./createSketch.ts";

interface Shape {
  top: number;
  waist: number;
  hip: number;
  /** Height of the hip line below the waist; 0 where the cloth falls straight from the waist. */
  hipDrop: number;
  hem: number;
  bottom: number;
  /** How far the hem curves down in the middle. */
  curve: number;
}

const CX = 300;

const SHAPES: Readonly<Record<string, Shape>> = {
  pencil: { top: 118, waist: 84, hip: 121, hipDrop: 150, hem: 104, bottom: 600, curve: 10 },
  "a-line": { top: 126, waist: 82, hip: 128, hipDrop: 130, hem: 186, bottom: 570, curve: 26 },
  pleated: { top: 104, waist: 80, hip: 116, hipDrop: 110, hem: 196, bottom: 640, curve: 20 },
  "wrap-skirt": { top: 112, waist: 82, hip: 122, hipDrop: 130, hem: 160, bottom: 612, curve: 20 },
  tiered: { top: 104, waist: 78, hip: 112, hipDrop: 90, hem: 206, bottom: 646, curve: 22 },
  "slip-skirt": { top: 104, waist: 78, hip: 114, hipDrop: 140, hem: 150, bottom: 640, curve: 18 },
  "button-skirt": { top: 122, waist: 84, hip: 124, hipDrop: 120, hem: 160, bottom: 572, curve: 20 },
};

/** A skirt from the front, laid flat. */
export function drawSkirt(sketch: Sketch, cut: string): void {
  const base = SHAPES[cut] ?? SHAPES["a-line"]!;
  const shape = {
    ...base,
    hem: base.hem + (sketch.random() - 0.5) * 22,
    bottom: base.bottom + (sketch.random() - 0.5) * 50,
  };
  waistBack(sketch, shape);
  if (cut === "tiered") tiers(sketch, shape);
  else {
    sketch.piece({
      d: bodyPath(shape),
      folds: cut === "pleated" ? pleats(shape) : hangingFolds(shape, sketch.random, cut),
      round: 40,
    });
    sketch.stitch(hemLine(shape, 13));
  }
  if (cut === "wrap-skirt") wrap(sketch, shape);
  if (cut === "button-skirt") buttons(sketch, shape);
  if (cut === "pencil" || cut === "a-line") darts(sketch, shape);
  if (cut === "a-line" || cut === "button-skirt") pockets(sketch, shape);
  waistband(sketch, shape, cut);
}

function waistBack(sketch: Sketch, { top, waist }: Shape): void {
  sketch.piece({
    d: `M${CX - waist} ${top - 4}C${CX - 34} ${top - 18} ${CX + 34} ${top - 18} ${CX + waist} ${top - 4}V${top + 20}H${CX - waist}Z`,
    tone: "inside",
    round: 14,
  });
}

function bodyPath({ top, waist, hip, hipDrop, hem, bottom, curve }: Shape): string {
  const side = (sign: number): string =>
    `C${CX + sign * (waist + 14)} ${top + hipDrop * 0.35} ${CX + sign * (hip - 4)} ${top + hipDrop * 0.6} ${CX + sign * hip} ${top + hipDrop}`;
  return [
    `M${CX - waist} ${top}`,
    side(-1),
    `L${CX - hem} ${bottom}`,
    `Q${CX} ${bottom + curve * 2} ${CX + hem} ${bottom}`,
    `L${CX + hip} ${top + hipDrop}`,
    `C${CX + hip - 4} ${top + hipDrop * 0.6} ${CX + waist + 14} ${top + hipDrop * 0.35} ${CX + waist} ${top}`,
    `Q${CX} ${top + 14} ${CX - waist} ${top}Z`,
  ].join("");
}

function hemLine({ hem, bottom, curve }: Shape, above: number): string {
  return `M${CX - hem} ${bottom - above}Q${CX} ${bottom + curve * 2 - above} ${CX + hem} ${bottom - above}`;
}

function hangingFolds(
  { top, waist, hip, hipDrop, hem, bottom, curve }: Shape,
  random: () => number,
  cut: string,
): Fold[] {
  const fullness = hem > 140 ? 7 : 4;
  const folds: Fold[] = [];
  for (let index = 0; index < fullness; index++) {
    const share = ((index + 0.5) / fullness) * 2 - 1 + (random() - 0.5) * 0.14;
    const start = top + hipDrop * (0.5 + random() * 0.9);
    folds.push({
      d: `M${CX + share * hip * 0.8} ${start}C${CX + share * hip} ${start + 90} ${CX + share * hem * 0.9} ${bottom - 130} ${CX + share * hem} ${bottom + curve}`,
      width: (hem > 140 ? 17 : 11) + random() * 8,
      strength: 0.7 + random() * 0.5,
      fades: true,
    });
  }
  for (const sign of [-1, 1]) {
    folds.push({
      d: `M${CX + sign * waist * 0.9} ${top + 40}Q${CX + sign * hip * 0.5} ${top + hipDrop * 0.8} ${CX + sign * hip * 0.2} ${top + hipDrop * 0.9}`,
      width: 8,
      strength: 0.35,
    });
  }
  if (cut === "slip-skirt") {
    folds.push({
      d: `M${CX - hip} ${top + hipDrop}C${CX - 20} ${top + hipDrop + 60} ${CX + 60} ${top + 300} ${CX + hem * 0.7} ${bottom}`,
      width: 26,
      strength: 0.5,
      fades: true,
    });
  }
  return folds;
}

function pleats({ top, waist, hem, bottom, curve }: Shape): Fold[] {
  return Array.from({ length: 13 }, (_, index) => {
    const share = ((index + 0.5) / 13) * 2 - 1;
    const drop = curve * (1 - share * share);
    return {
      d: `M${CX + share * waist} ${top + 10}C${CX + share * (waist + 26)} ${top + 110} ${CX + share * hem * 0.86} ${bottom - 160} ${CX + share * hem} ${bottom + drop + 6}`,
      width: 13,
      strength: 1.25,
    };
  });
}

function tiers(sketch: Sketch, { top, waist, hem, bottom, curve }: Shape): void {
  const levels = [0, 0.28, 0.6, 1];
  for (let tier = 2; tier >= 0; tier--) {
    const from = levels[tier] ?? 0;
    const to = levels[tier + 1] ?? 1;
    // A tier is sewn under the one above it.
    const yFrom = top + (bottom - top) * from - (tier > 0 ? 22 : 0);
    const yTo = top + (bottom - top) * to;
    const wFrom = waist + (hem - waist) * from - (tier > 0 ? 11 : 0);
    const wTo = waist + (hem - waist) * to + 5;
    const bow = curve * (0.5 + to);
    const gathers: Fold[] = Array.from({ length: 9 + tier * 3 }, (_, index) => {
      const share = ((index + 0.5) / (9 + tier * 3)) * 2 - 1 + (sketch.random() - 0.5) * 0.06;
      const depth = yFrom + (yTo - yFrom) * (0.45 + sketch.random() * 0.5);
      return {
        d: `M${CX + share * wFrom} ${yFrom}Q${CX + share * (wFrom + 6)} ${(yFrom + depth) / 2} ${CX + share * wTo} ${depth + bow * (1 - share * share)}`,
        width: 8,
        strength: 0.75,
      };
    });
    sketch.piece({
      d: `M${CX - wFrom} ${yFrom}L${CX - wTo} ${yTo}Q${CX} ${yTo + bow * 2} ${CX + wTo} ${yTo}L${CX + wFrom} ${yFrom}Q${CX} ${yFrom + bow * 1.6} ${CX - wFrom} ${yFrom}Z`,
      folds: gathers,
      round: 26,
    });
  }
}

function wrap(sketch: Sketch, { top, waist, hip, hem, bottom, curve }: Shape): void {
  const edge = `M${CX - waist * 0.7} ${top + 12}C${CX + 20} ${top + 150} ${CX + hip * 0.62} ${bottom - 210} ${CX + hem * 0.5} ${bottom + curve * 0.8}`;
  sketch.raw(
    `<path d="${edge}" fill="none" stroke="${sketch.cloth.shade}" stroke-width="16" stroke-opacity=".4" style="filter:blur(7px)" transform="translate(9 2)"/>`,
  );
  sketch.seam(edge, 1.8);
  const x = CX - waist * 0.72;
  sketch.piece({
    d: `M${x - 4} ${top + 14}C${x - 22} ${top + 60} ${x - 18} ${top + 120} ${x - 30} ${top + 168}L${x - 12} ${top + 172}C${x - 4} ${top + 120} ${x + 4} ${top + 60} ${x + 8} ${top + 16}Z`,
    round: 10,
  });
  sketch.piece({
    d: `M${x - 2} ${top + 14}C${x + 4} ${top + 60} ${x + 18} ${top + 100} ${x + 16} ${top + 138}L${x + 32} ${top + 134}C${x + 32} ${top + 90} ${x + 18} ${top + 50} ${x + 12} ${top + 14}Z`,
    round: 10,
  });
}

function buttons(sketch: Sketch, { top, bottom, curve }: Shape): void {
  sketch.seam(`M${CX - 14} ${top + 24}V${bottom + curve - 2}`);
  sketch.stitch(`M${CX + 13} ${top + 24}V${bottom + curve - 2}`);
  for (let y = top + 52; y < bottom - 30; y += 62) sketch.button(CX, y, 6);
}

function darts(sketch: Sketch, { top, waist }: Shape): void {
  for (const sign of [-1, 1])
    sketch.seam(`M${CX + sign * waist * 0.5} ${top + 24}L${CX + sign * waist * 0.56} ${top + 94}`);
}

function pockets(sketch: Sketch, { top, waist, hip, hipDrop }: Shape): void {
  for (const sign of [-1, 1])
    sketch.stitch(
      `M${CX + sign * (waist - 12)} ${top + 28}Q${CX + sign * (waist - 2)} ${top + 76} ${CX + sign * (hip - 5)} ${top + hipDrop * 0.8}`,
    );
}

function waistband(sketch: Sketch, { top, waist }: Shape, cut: string): void {
  const height = cut === "slip-skirt" ? 16 : 24;
  const elastic = cut === "tiered" || cut === "slip-skirt";
  sketch.piece({
    d: `M${CX - waist} ${top - 4}C${CX - 34} ${top + 9} ${CX + 34} ${top + 9} ${CX + waist} ${top - 4}L${CX + waist + 2} ${top + height - 4}C${CX + 34} ${top + height + 10} ${CX - 34} ${top + height + 10} ${CX - waist - 2} ${top + height - 4}Z`,
    round: 12,
    folds: elastic
      ? Array.from({ length: 17 }, (_, index) => {
          const x = CX + ((index + 0.5) / 17 - 0.5) * 2 * waist;
          return { d: `M${x} ${top}V${top + height + 4}`, width: 3.4, strength: 1 };
        })
      : [],
  });
  if (!elastic)
    sketch.stitch(
      `M${CX - waist} ${top + height - 7}C${CX - 34} ${top + height + 7} ${CX + 34} ${top + height + 7} ${CX + waist} ${top + height - 7}`,
    );
}
