import type { Fold, Sketch } from "./createSketch.ts";

/** The upper body, shared by blouses and dresses. Half widths from the centre line. */
export interface Bodice {
  neck: "round" | "v" | "collar" | "tie" | "wrap" | "roll" | "notch" | "straps";
  sleeve: "long" | "rolled" | "short" | "puff" | "cap" | "none";
  shoulderY: number;
  shoulder: number;
  chest: number;
  waist: number;
  waistY: number;
  hem: number;
  bottom: number;
  /** Depth of the front neckline below the shoulder point. */
  depth: number;
}

const CX = 300;
const NECK = 46;

/** Draws back of neck, sleeves, body and neckline of `bodice`, in the order in which they lie. */
export function drawBodice(sketch: Sketch, bodice: Bodice): void {
  if (bodice.neck !== "straps") {
    neckBack(sketch, bodice);
    sleeves(sketch, bodice);
  }
  sketch.piece({ d: bodyPath(bodice), folds: bodyFolds(bodice, sketch.random), round: 42 });
  if (bodice.neck !== "straps" && bodice.sleeve !== "none") armholes(sketch, bodice);
  neckline(sketch, bodice);
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
  if (neck === "straps") return strapBody(bodice, side);
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

function strapBody({ shoulderY: y, chest, waist, waistY, hem, bottom }: Bodice, _side: unknown): string {
  const top = y + 92;
  return [
    `M${CX} ${top + 34}C${CX + 22} ${top + 18} ${CX + 40} ${top - 10} ${CX + 58} ${top - 18}C${CX + 64} ${top} ${CX + chest - 12} ${top + 26} ${CX + chest} ${top + 36}`,
    `C${CX + chest} ${top + 84} ${CX + waist} ${waistY - 40} ${CX + waist} ${waistY}C${CX + waist} ${waistY + 40} ${CX + hem} ${bottom - 60} ${CX + hem} ${bottom}`,
    `Q${CX} ${bottom + 18} ${CX - hem} ${bottom}C${CX - hem} ${bottom - 60} ${CX - waist} ${waistY + 40} ${CX - waist} ${waistY}`,
    `C${CX - waist} ${waistY - 40} ${CX - chest} ${top + 84} ${CX - chest} ${top + 36}C${CX - chest + 12} ${top + 26} ${CX - 64} ${top} ${CX - 58} ${top - 18}`,
    `C${CX - 40} ${top - 10} ${CX - 22} ${top + 18} ${CX} ${top + 34}Z`,
  ].join("");
}

function frontNeck({ neck, shoulderY: y, depth }: Bodice): string {
  if (neck === "v" || neck === "wrap")
    return `Q${CX - 30} ${y + depth * 0.5} ${CX} ${y + depth}Q${CX + 30} ${y + depth * 0.5} ${CX + NECK} ${y - 4}`;
  return `C${CX - NECK + 2} ${y + depth * 0.85} ${CX - 20} ${y + depth} ${CX} ${y + depth}C${CX + 20} ${y + depth} ${CX + NECK - 2} ${y + depth * 0.85} ${CX + NECK} ${y - 4}`;
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

const SLEEVES = {
  long: { length: 346, cuff: 24, out: 58, width: 52 },
  rolled: { length: 206, cuff: 33, out: 44, width: 54 },
  short: { length: 116, cuff: 44, out: 40, width: 54 },
  puff: { length: 118, cuff: 34, out: 60, width: 62 },
  cap: { length: 72, cuff: 34, out: 16, width: 44 },
  none: { length: 0, cuff: 0, out: 0, width: 0 },
} as const;

function sleeves(sketch: Sketch, bodice: Bodice): void {
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

function armholes(sketch: Sketch, { shoulderY: y, shoulder, chest }: Bodice): void {
  for (const sign of [-1, 1]) {
    const x = (value: number): number => CX + sign * value;
    sketch.seam(
      `M${x(shoulder)} ${y + 24}C${x(shoulder + 2)} ${y + 60} ${x(chest - 8)} ${y + 92} ${x(chest)} ${y + 112}`,
    );
  }
}

function neckline(sketch: Sketch, bodice: Bodice): void {
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
