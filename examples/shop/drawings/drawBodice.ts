import { type Bodice, CX, NECK } from "./Bodice.ts";
import type { Fold, Sketch } from "./createSketch.ts";
import { drawNeckline, frontNeck } from "./necklines.ts";
import { drawSleeves } from "./sleeves.ts";

/** Draws back of neck, sleeves, body and neckline of `bodice`, in the order in which they lie. */
export function drawBodice(sketch: Sketch, bodice: Bodice): void {
  if (bodice.neck !== "straps") {
    neckBack(sketch, bodice);
    drawSleeves(sketch, bodice);
  }
  sketch.piece({ d: bodyPath(bodice), folds: bodyFolds(bodice, sketch.random), round: 42 });
  if (bodice.neck !== "straps" && bodice.sleeve !== "none") armholes(sketch, bodice);
  drawNeckline(sketch, bodice);
}

function neckBack(sketch: Sketch, { shoulderY, depth }: Bodice): void {
  const y = shoulderY;
  sketch.piece({
    d: `M${CX - NECK} ${y - 6}Q${CX} ${y - 24} ${CX + NECK} ${y - 6}L${CX + NECK + 4} ${y + 8}L${CX + 26} ${y + depth + 8}H${CX - 26}L${CX - NECK - 4} ${y + 8}Z`,
    tone: "inside",
    round: 18,
  });
  sketch.seam(`M${CX - NECK + 4} ${y + 1}Q${CX} ${y - 13} ${CX + NECK - 4} ${y + 1}`);
  sketch.raw(
    `<rect x="${CX - 11}" y="${y - 4}" width="22" height="11" rx="1" fill="#f3eee4" opacity=".9"/><path d="M${CX - 6} ${y + 1.6}h12" stroke="#6d6258" stroke-width="1"/>`,
  );
}

function bodyPath(bodice: Bodice): string {
  const { shoulderY: y, shoulder, chest, waist, waistY, hem, bottom, neck } = bodice;
  const side = (sign: number, back = false): string => {
    const x = (value: number): number => CX + sign * value;
    const armhole = bodice.sleeve === "none" ? -15 : 2;
    const down = [
      `C${x(shoulder + armhole)} ${y + 60} ${x(chest - 8 + armhole)} ${y + 98} ${x(chest)} ${y + 112}`,
      `C${x(chest)} ${y + 160} ${x(waist)} ${waistY - 50} ${x(waist)} ${waistY}`,
      `C${x(waist)} ${waistY + 40} ${x(hem)} ${bottom - 60} ${x(hem)} ${bottom}`,
    ];
    if (!back) return down.join("");
    return [
      `C${x(hem)} ${bottom - 60} ${x(waist)} ${waistY + 40} ${x(waist)} ${waistY}`,
      `C${x(waist)} ${waistY - 50} ${x(chest)} ${y + 160} ${x(chest)} ${y + 112}`,
      `C${x(chest - 8 + armhole)} ${y + 98} ${x(shoulder + armhole)} ${y + 60} ${x(shoulder)} ${y + 24}`,
    ].join("");
  };
  if (neck === "straps") return strapBody(bodice);
  return [
    `M${CX + NECK} ${y - 4}L${CX + shoulder} ${y + 24}`,
    side(1),
    `Q${CX} ${bottom + 18} ${CX - hem} ${bottom}`,
    side(-1, true),
    `L${CX - NECK} ${y - 4}`,
    frontNeck(bodice),
    "Z",
  ].join("");
}

function strapBody({ shoulderY: y, chest, waist, waistY, hem, bottom }: Bodice): string {
  const top = y + 92;
  return [
    `M${CX} ${top + 34}C${CX + 22} ${top + 18} ${CX + 40} ${top - 10} ${CX + 58} ${top - 18}C${CX + 64} ${top} ${CX + chest - 12} ${top + 26} ${CX + chest} ${top + 36}`,
    `C${CX + chest} ${top + 84} ${CX + waist} ${waistY - 40} ${CX + waist} ${waistY}C${CX + waist} ${waistY + 40} ${CX + hem} ${bottom - 60} ${CX + hem} ${bottom}`,
    `Q${CX} ${bottom + 18} ${CX - hem} ${bottom}C${CX - hem} ${bottom - 60} ${CX - waist} ${waistY + 40} ${CX - waist} ${waistY}`,
    `C${CX - waist} ${waistY - 40} ${CX - chest} ${top + 84} ${CX - chest} ${top + 36}C${CX - chest + 12} ${top + 26} ${CX - 64} ${top} ${CX - 58} ${top - 18}`,
    `C${CX - 40} ${top - 10} ${CX - 22} ${top + 18} ${CX} ${top + 34}Z`,
  ].join("");
}

function bodyFolds(
  { shoulderY: y, chest, waist, waistY, hem, bottom }: Bodice,
  random: () => number,
): Fold[] {
  const folds: Fold[] = [];
  for (const sign of [-1, 1]) {
    const x = (value: number): number => CX + sign * value;
    folds.push(
      {
        d: `M${x(chest - 4)} ${y + 112}Q${x(chest - 44)} ${y + 132} ${x(chest - 72)} ${y + 116 + random() * 20}`,
        width: 9,
        strength: 0.4,
      },
      {
        d: `M${x(chest - 6)} ${y + 124}Q${x(chest - 34)} ${y + 168} ${x(chest - 60)} ${y + 190}`,
        width: 10,
        strength: 0.42,
      },
      {
        d: `M${x(waist - 2)} ${waistY}Q${x(waist - 34)} ${waistY + 10 + random() * 20} ${x(waist - 58)} ${waistY + 4}`,
        width: 9,
        strength: 0.35,
      },
    );
  }
  const falls = 4;
  for (let index = 0; index < falls; index++) {
    const share = ((index + 0.5) / falls) * 2 - 1 + (random() - 0.5) * 0.2;
    const start = y + 150 + random() * 110;
    folds.push({
      d: `M${CX + share * chest * 0.7} ${start}C${CX + share * waist} ${waistY} ${CX + share * hem * 0.9} ${(waistY + bottom) / 2} ${CX + share * hem * 0.94} ${bottom + 8}`,
      width: 12 + random() * 10,
      strength: 0.55 + random() * 0.5,
      fades: true,
    });
  }
  return folds;
}

function armholes(sketch: Sketch, { shoulderY: y, shoulder, chest }: Bodice): void {
  for (const sign of [-1, 1]) {
    const x = (value: number): number => CX + sign * value;
    sketch.seam(
      `M${x(shoulder)} ${y + 24}C${x(shoulder + 2)} ${y + 60} ${x(chest - 8)} ${y + 92} ${x(chest)} ${y + 112}`,
    );
  }
}
