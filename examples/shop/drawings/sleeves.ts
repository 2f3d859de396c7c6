import { type Bodice, CX } from "./Bodice.ts";
import type { Fold, Sketch } from "./createSketch.ts";

const SLEEVES = {
  long: { length: 346, cuff: 24, out: 58, width: 52 },
  rolled: { length: 206, cuff: 33, out: 44, width: 54 },
  short: { length: 116, cuff: 44, out: 40, width: 54 },
  puff: { length: 118, cuff: 34, out: 60, width: 62 },
  cap: { length: 72, cuff: 34, out: 16, width: 44 },
  none: { length: 0, cuff: 0, out: 0, width: 0 },
} as const;

/** Draws both sleeves with their cuffs; the body is laid over them. */
export function drawSleeves(sketch: Sketch, bodice: Bodice): void {
  if (bodice.sleeve === "none") return;
  const { shoulderY: y, shoulder, chest } = bodice;
  const { length, cuff, out, width } = SLEEVES[bodice.sleeve];
  for (const sign of [-1, 1]) {
    const x = (value: number): number => CX + sign * value;
    const endX = shoulder + out;
    const endY = y + 24 + length;
    const puff = bodice.sleeve === "puff" ? 30 : 0;
    const outerEnd = { x: endX + cuff * 0.9, y: endY - 2 };
    const innerEnd = { x: endX - cuff * 0.9, y: endY + 12 };
    const d = [
      `M${x(shoulder - 14)} ${y + 17}`,
      `C${x(shoulder + width * 0.36 + puff)} ${y + 26 - puff} ${x(shoulder + width * 0.8 + puff)} ${y + 76 - puff * 0.5} ${x(shoulder + width * 0.72 + out * 0.34 + puff)} ${y + 24 + length * 0.52}`,
      `C${x(outerEnd.x + 6 + puff * 0.8)} ${endY - length * 0.25} ${x(outerEnd.x + puff * 0.5)} ${endY - 20} ${x(outerEnd.x)} ${outerEnd.y}`,
      `Q${x(endX)} ${endY + 14} ${x(innerEnd.x)} ${innerEnd.y}`,
      `C${x(innerEnd.x - 4)} ${endY - length * 0.3} ${x(chest - 2)} ${y + 160} ${x(chest - 10)} ${y + 116}`,
      `L${x(shoulder - 20)} ${y + 40}Z`,
    ].join("");
    sketch.piece({ d, folds: sleeveFolds(bodice, sign, sketch.random), round: 30, turn: sign * -10 });
    cuffOf(sketch, bodice, { sign, endX, endY, cuff });
  }
}

function sleeveFolds({ shoulderY: y, shoulder, sleeve }: Bodice, sign: number, random: () => number): Fold[] {
  const { length, out, width } = SLEEVES[sleeve];
  const x = (value: number): number => CX + sign * value;
  const count = sleeve === "puff" ? 6 : Math.max(2, Math.round(length / 70));
  const folds: Fold[] = [];
  for (let index = 0; index < count; index++) {
    if (sleeve === "puff") {
      const share = index / (count - 1);
      folds.push({
        d: `M${x(shoulder + 2 + share * 14)} ${y + 26 + share * 10}Q${x(shoulder + 20 + share * 62)} ${y + 60 + share * 6} ${x(shoulder + 26 + share * 62)} ${y + 24 + length}`,
        width: 8,
        strength: 0.8,
      });
      continue;
    }
    const level = y + 70 + (index / count) * length + random() * 14;
    const drift = (index / count) * out;
    folds.push({
      d: `M${x(shoulder + width * 0.85 + drift)} ${level}Q${x(shoulder + width * 0.3 + drift)} ${level + 20} ${x(shoulder - 6 + drift)} ${level + 46 + random() * 16}`,
      width: 9,
      strength: 0.45 + random() * 0.35,
    });
  }
  folds.push({
    d: `M${x(shoulder + 20)} ${y + 60}C${x(shoulder + 34)} ${y + 130} ${x(shoulder + out - 6)} ${y + length - 40} ${x(shoulder + out)} ${y + 20 + length}`,
    width: 15,
    strength: 0.5,
  });
  return folds;
}

function cuffOf(
  sketch: Sketch,
  { sleeve }: Bodice,
  end: { sign: number; endX: number; endY: number; cuff: number },
): void {
  const { sign, endX, endY, cuff } = end;
  const x = (value: number): number => CX + sign * value;
  const height = sleeve === "long" ? 30 : sleeve === "rolled" ? 26 : sleeve === "puff" ? 14 : 0;
  if (!height) {
    sketch.stitch(
      `M${x(endX + cuff * 0.9)} ${endY - 12}Q${x(endX)} ${endY + 4} ${x(endX - cuff * 0.88)} ${endY + 1}`,
    );
    return;
  }
  sketch.piece({
    d: `M${x(endX + cuff * 0.96)} ${endY - 8}Q${x(endX)} ${endY + 8} ${x(endX - cuff * 0.94)} ${endY + 6}L${x(endX - cuff * 0.86 + 4)} ${endY + height + 8}Q${x(endX + 4)} ${endY + height + 8} ${x(endX + cuff * 0.96 + 5)} ${endY + height - 8}Z`,
    round: 13,
    turn: sign * -10,
  });
  if (sleeve === "long" && sketch.cloth.weave !== "rib") sketch.button(x(endX + 4), endY + height - 8, 3);
}
