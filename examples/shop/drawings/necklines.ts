import { type Bodice, CX, NECK } from "./Bodice.ts";
import type { Sketch } from "./createSketch.ts";

/** The lower edge of the neck opening, from the left shoulder to the right, as a continuation of a path. */
export function frontNeck({ neck, shoulderY: y, depth }: Bodice): string {
  if (neck === "v" || neck === "wrap")
    return `Q${CX - 30} ${y + depth * 0.5} ${CX} ${y + depth}Q${CX + 30} ${y + depth * 0.5} ${CX + NECK} ${y - 4}`;
  return `C${CX - NECK + 2} ${y + depth * 0.85} ${CX - 20} ${y + depth} ${CX} ${y + depth}C${CX + 20} ${y + depth} ${CX + NECK - 2} ${y + depth * 0.85} ${CX + NECK} ${y - 4}`;
}

/** Draws what finishes the neck: a band, a collar, a tie. */
export function drawNeckline(sketch: Sketch, bodice: Bodice): void {
  if (bodice.neck === "collar") collar(sketch, bodice);
  else if (bodice.neck === "tie") tie(sketch, bodice);
  else if (bodice.neck === "roll") roll(sketch, bodice);
  else if (bodice.neck === "straps") straps(sketch, bodice);
  else if (bodice.neck === "wrap") crossOver(sketch, bodice);
  else if (bodice.neck === "notch") notch(sketch, bodice);
  else band(sketch, bodice);
}

function band(sketch: Sketch, bodice: Bodice): void {
  const { shoulderY: y } = bodice;
  const inner = `M${CX - NECK} ${y - 4}${frontNeck(bodice)}`;
  sketch.raw(
    `<path d="${inner}" fill="none" stroke="${sketch.cloth.line}" stroke-opacity=".4" stroke-width="1.2"/>`,
  );
  const wider = { ...bodice, depth: bodice.depth + 10 };
  sketch.stitch(
    `M${CX - NECK - 8} ${y - 1}${frontNeck(wider).replace(`${CX + NECK} ${y - 4}`, `${CX + NECK + 8} ${y - 1}`)}`,
  );
}

function collar(sketch: Sketch, { shoulderY: y, depth, bottom }: Bodice): void {
  sketch.seam(`M${CX - 12} ${y + depth}V${bottom + 8}`);
  sketch.stitch(`M${CX + 12} ${y + depth - 4}V${bottom + 8}`);
  for (let at = y + depth + 26; at < bottom - 26; at += 54) sketch.button(CX, at);
  for (const sign of [-1, 1]) {
    const x = (value: number): number => CX + sign * value;
    sketch.piece({
      d: `M${x(NECK + 3)} ${y - 10}C${x(NECK)} ${y + 6} ${x(26)} ${y + depth * 0.7} ${x(2)} ${y + depth - 2}L${x(38)} ${y + depth + 34}L${x(NECK + 20)} ${y + 12}Z`,
      round: 12,
    });
    sketch.stitch(`M${x(8)} ${y + depth + 1}L${x(37)} ${y + depth + 28}L${x(NECK + 15)} ${y + 12}`);
  }
}

function tie(sketch: Sketch, bodice: Bodice): void {
  const { shoulderY: y, depth } = bodice;
  sketch.raw(
    `<path d="M${CX - NECK} ${y - 4}${frontNeck(bodice)}" fill="none" stroke="${sketch.cloth.base}" stroke-width="15"/>`,
  );
  sketch.seam(`M${CX - NECK - 6} ${y}${frontNeck({ ...bodice, depth: depth + 9 })}`);
  const k = y + depth + 4;
  for (const [sign, length] of [
    [-1, 168],
    [1, 138],
  ] as const) {
    const x = (value: number): number => CX + sign * value;
    sketch.piece({
      d: `M${x(2)} ${k}C${x(16)} ${k + 50} ${x(20)} ${k + 100} ${x(30)} ${k + length}L${x(56)} ${k + length - 10}C${x(44)} ${k + 90} ${x(34)} ${k + 40} ${x(10)} ${k - 6}Z`,
      round: 14,
      folds: [{ d: `M${x(8)} ${k}Q${x(30)} ${k + 70} ${x(42)} ${k + length}`, width: 7 }],
    });
    sketch.piece({
      d: `M${x(2)} ${k}C${x(24)} ${k - 30} ${x(64)} ${k - 34} ${x(74)} ${k - 12}C${x(78)} ${k + 8} ${x(44)} ${k + 26} ${x(2)} ${k + 6}Z`,
      round: 16,
      folds: [{ d: `M${x(6)} ${k + 1}Q${x(36)} ${k - 10} ${x(60)} ${k - 10}`, width: 7 }],
    });
  }
  sketch.piece({
    d: `M${CX - 11} ${k - 11}Q${CX} ${k - 16} ${CX + 11} ${k - 11}Q${CX + 14} ${k + 3} ${CX + 10} ${k + 14}Q${CX} ${k + 18} ${CX - 10} ${k + 14}Q${CX - 14} ${k + 3} ${CX - 11} ${k - 11}Z`,
    round: 10,
  });
}

function roll(sketch: Sketch, { shoulderY: y }: Bodice): void {
  sketch.piece({
    d: `M${CX - 42} ${y - 44}Q${CX} ${y - 56} ${CX + 42} ${y - 44}L${CX + 40} ${y - 28}H${CX - 40}Z`,
    tone: "inside",
    round: 12,
  });
  sketch.piece({
    d: `M${CX - 42} ${y - 44}Q${CX} ${y - 28} ${CX + 42} ${y - 44}C${CX + 46} ${y - 20} ${CX + 50} ${y - 2} ${CX + 56} ${y + 8}Q${CX} ${y + 42} ${CX - 56} ${y + 8}C${CX - 50} ${y - 2} ${CX - 46} ${y - 20} ${CX - 42} ${y - 44}Z`,
    round: 20,
    folds: [{ d: `M${CX - 44} ${y - 8}Q${CX} ${y + 16} ${CX + 44} ${y - 8}`, width: 9 }],
  });
}

function straps(sketch: Sketch, { shoulderY: y }: Bodice): void {
  const top = y + 92;
  for (const sign of [-1, 1]) {
    sketch.raw(
      `<path d="M${CX + sign * 57} ${top - 14}C${CX + sign * 56} ${top - 60} ${CX + sign * 48} ${y - 30} ${CX + sign * 40} ${y - 40}" fill="none" stroke="${sketch.cloth.line}" stroke-width="6.4" stroke-linecap="round" opacity=".6"/><path d="M${CX + sign * 57} ${top - 14}C${CX + sign * 56} ${top - 60} ${CX + sign * 48} ${y - 30} ${CX + sign * 40} ${y - 40}" fill="none" stroke="${sketch.cloth.base}" stroke-width="4.6" stroke-linecap="round"/>`,
    );
  }
  sketch.seam(
    `M${CX - 56} ${top - 8}C${CX - 38} ${top} ${CX - 22} ${top + 28} ${CX} ${top + 43}C${CX + 22} ${top + 28} ${CX + 38} ${top} ${CX + 56} ${top - 8}`,
  );
}

function crossOver(sketch: Sketch, { shoulderY: y, depth, waist, waistY }: Bodice): void {
  const edge = `M${CX - NECK} ${y - 4}Q${CX - 26} ${y + depth * 0.6} ${CX + 6} ${y + depth + 8}Q${CX + waist * 0.5} ${waistY - 50} ${CX + waist - 2} ${waistY - 6}`;
  sketch.raw(
    `<path d="${edge}" fill="none" stroke="${sketch.cloth.shade}" stroke-width="15" stroke-opacity=".4" style="filter:blur(7px)" transform="translate(-4 9)"/>`,
  );
  sketch.seam(edge, 1.8);
  sketch.seam(`M${CX + NECK} ${y - 4}Q${CX + 28} ${y + depth * 0.55} ${CX + 4} ${y + depth + 2}`);
}

function notch(sketch: Sketch, bodice: Bodice): void {
  const { shoulderY: y, depth } = bodice;
  band(sketch, bodice);
  sketch.raw(
    `<path d="M${CX - 7} ${y + depth - 1}L${CX} ${y + depth + 62}L${CX + 7} ${y + depth - 1}Z" fill="${sketch.cloth.inside}"/>`,
  );
  sketch.stitch(
    `M${CX - 15} ${y + depth + 6}L${CX - 10} ${y + depth + 74}H${CX + 10}L${CX + 15} ${y + depth + 6}`,
  );
}
