import type { Bodice } from "./Bodice.ts";
import { drawBodice } from "./drawBodice.ts";
import type { Fold, Sketch } from "./createSketch.ts";
import { waistTie } from "./blouses.ts";

interface Shape extends Bodice {
  skirtHem: number;
  skirtBottom: number;
  gathers: number;
}

const CX = 300;
const BASE: Bodice = {
  neck: "round",
  sleeve: "short",
  shoulderY: 96,
  shoulder: 92,
  chest: 104,
  waist: 86,
  waistY: 292,
  hem: 88,
  bottom: 304,
  depth: 46,
};

const SHAPES: Readonly<Record<string, Shape>> = {
  "shirt-dress": {
    ...BASE,
    neck: "collar",
    sleeve: "rolled",
    depth: 36,
    skirtHem: 142,
    skirtBottom: 650,
    gathers: 6,
  },
  "wrap-dress": {
    ...BASE,
    neck: "wrap",
    sleeve: "rolled",
    depth: 108,
    waist: 80,
    hem: 82,
    skirtHem: 156,
    skirtBottom: 630,
    gathers: 6,
  },
  "a-dress": { ...BASE, sleeve: "cap", skirtHem: 172, skirtBottom: 610, gathers: 7 },
  "slip-dress": {
    ...BASE,
    neck: "straps",
    sleeve: "none",
    shoulderY: 84,
    chest: 92,
    waist: 84,
    waistY: 300,
    hem: 88,
    skirtHem: 134,
    skirtBottom: 664,
    gathers: 5,
  },
  "tiered-dress": {
    ...BASE,
    sleeve: "puff",
    shoulder: 88,
    waist: 104,
    waistY: 270,
    hem: 110,
    bottom: 282,
    skirtHem: 186,
    skirtBottom: 640,
    gathers: 12,
  },
};

/** A dress from the front: the skirt first, the bodice over it, then belt or tie. */
export function drawDress(sketch: Sketch, cut: string): void {
  const base = SHAPES[cut] ?? SHAPES["a-dress"]!;
  const shape = {
    ...base,
    skirtHem: base.skirtHem + (sketch.random() - 0.5) * 16,
    skirtBottom: base.skirtBottom + (sketch.random() - 0.5) * 30,
  };
  drawSkirtPart(sketch, shape, cut);
  drawBodice(sketch, shape);
  finishWaist(sketch, shape, cut);
}

function drawSkirtPart(sketch: Sketch, shape: Shape, cut: string): void {
  const { hem, bottom, skirtHem, skirtBottom, gathers } = shape;
  const top = bottom - 12;
  const levels = cut === "tiered-dress" ? [0.52, 1] : [1];
  for (const level of levels.toReversed()) {
    const y = top + (skirtBottom - top) * level;
    const width = hem + (skirtHem - hem) * level + (level < 1 ? 4 : 0);
    const start = level === 1 && levels.length > 1 ? top + (skirtBottom - top) * 0.5 : top;
    const from = start === top ? hem - 2 : hem + (skirtHem - hem) * 0.5;
    const folds: Fold[] = Array.from({ length: gathers }, (_, index) => {
      const share = ((index + 0.5) / gathers) * 2 - 1 + (sketch.random() - 0.5) * 0.1;
      const end = cut === "tiered-dress" ? start + (y - start) * (0.5 + sketch.random() * 0.5) : y + 14;
      return {
        d: `M${CX + share * from * 0.92} ${start + 6}C${CX + share * (from + 10)} ${start + (end - start) * 0.35} ${CX + share * width * 0.88} ${start + (end - start) * 0.7} ${CX + share * width * 0.94} ${end}`,
        width: cut === "tiered-dress" ? 9 : 15 + sketch.random() * 7,
        strength: 0.55 + sketch.random() * 0.4,
      };
    });
    sketch.piece({
      d: `M${CX - from} ${start}C${CX - from - 16} ${start + 90} ${CX - width + 14} ${y - 120} ${CX - width} ${y}Q${CX} ${y + 36} ${CX + width} ${y}C${CX + width - 14} ${y - 120} ${CX + from + 16} ${start + 90} ${CX + from} ${start}Z`,
      folds,
      round: 40,
    });
    sketch.stitch(`M${CX - width} ${y - 12}Q${CX} ${y + 24} ${CX + width} ${y - 12}`);
  }
}

function finishWaist(sketch: Sketch, shape: Shape, cut: string): void {
  const { waist, waistY, hem, bottom, skirtBottom } = shape;
  if (cut === "shirt-dress") {
    sketch.seam(`M${CX - 12} ${bottom}V${skirtBottom + 14}`);
    sketch.stitch(`M${CX + 12} ${bottom}V${skirtBottom + 14}`);
    for (let y = bottom + 46; y < skirtBottom - 40; y += 60) sketch.button(CX, y);
    sketch.piece({
      d: `M${CX - waist - 3} ${waistY - 12}Q${CX} ${waistY + 10} ${CX + waist + 3} ${waistY - 12}L${CX + waist + 4} ${waistY + 14}Q${CX} ${waistY + 36} ${CX - waist - 4} ${waistY + 14}Z`,
      round: 12,
    });
    sketch.raw(
      `<rect x="${CX - 17}" y="${waistY - 5}" width="34" height="32" rx="4" fill="none" stroke="#8a6a45" stroke-width="4.5"/><path d="M${CX - 4} ${waistY + 11}H${CX + 15}" stroke="#8a6a45" stroke-width="3"/>`,
    );
  } else if (cut === "wrap-dress") {
    const edge = `M${CX + waist * 0.8} ${waistY}C${CX + 40} ${waistY + 120} ${CX - 10} ${skirtBottom - 130} ${CX - 30} ${skirtBottom + 15}`;
    sketch.raw(
      `<path d="${edge}" fill="none" stroke="${sketch.cloth.shade}" stroke-width="16" stroke-opacity=".38" style="filter:blur(7px)" transform="translate(-8 3)"/>`,
    );
    sketch.seam(edge, 1.8);
    sketch.seam(`M${CX - waist} ${waistY}Q${CX} ${waistY + 22} ${CX + waist} ${waistY}`);
    waistTie(sketch, shape);
  } else if (cut !== "slip-dress") {
    sketch.seam(`M${CX - hem} ${bottom - 2}Q${CX} ${bottom + 16} ${CX + hem} ${bottom - 2}`);
  }
}
