import type { Cloth } from "./Cloth.ts";
import { defsFor, grainLayer, printId, weaveLayer } from "./textures.ts";

/** A fold: an open path, painted as a blurred band of shade with a thinner band of light beside it. */
export interface Fold {
  d: string;
  /** Units of the drawing; default 12. */
  width?: number;
  /** 0..1, default 1. */
  strength?: number;
  /** Begins as nothing and deepens downwards, as cloth does that hangs from a smooth hip or chest. */
  fades?: boolean;
}

export interface Piece {
  /** Closed outline. */
  d: string;
  folds?: readonly Fold[];
  /** Width of the darkening along the outline that makes a piece look round; default 30. */
  round?: number;
  /** `inside` for what lies behind, such as the back of a neckline; `leather` parts of shoes use `fill`. */
  tone?: "cloth" | "inside";
  /** Another colour than the cloth's: a sole, a lining. Drops print and texture. */
  fill?: string;
  /** Print or weave of this piece turned by so many degrees, as a sleeve is. */
  turn?: number;
}

/** Draws one garment as layers of SVG. Ids begin with `id`, so that several garments fit into one document. */
export interface Sketch {
  readonly cloth: Cloth;
  readonly random: () => number;
  piece: (piece: Piece) => void;
  /** A thin dark line. */
  seam: (d: string, width?: number) => void;
  /** A dashed line of thread. */
  stitch: (d: string, colour?: string) => void;
  button: (x: number, y: number, radius?: number) => void;
  raw: (svg: string) => void;
  /** All layers, with a soft shadow on the backdrop behind them. */
  finish: () => string;
}

export function createSketch(id: string, cloth: Cloth, random: () => number): Sketch {
  const outlines: string[] = [];
  const layers: string[] = [];
  let pieces = 0;
  const fillOf = ({ tone, fill, turn = 0 }: Piece): string =>
    fill ?? (tone === "inside" ? cloth.inside : cloth.print ? `url(#${printId(id, turn)})` : cloth.base);

  return {
    cloth,
    random,
    piece(piece) {
      const clip = `${id}c${pieces++}`;
      outlines.push(piece.d);
      layers.push(
        `<clipPath id="${clip}"><path d="${piece.d}"/></clipPath><path d="${piece.d}" fill="${fillOf(piece)}"/>`,
        `<g clip-path="url(#${clip})">${shadingOf(piece, cloth, id)}</g>`,
        `<path d="${piece.d}" fill="none" stroke="${cloth.line}" stroke-width="1.1" stroke-opacity=".5" stroke-linejoin="round"/>`,
      );
    },
    seam(d, width = 1.2) {
      layers.push(
        `<path d="${d}" fill="none" stroke="${cloth.line}" stroke-opacity=".55" stroke-width="${width}" stroke-linecap="round"/>`,
        `<path d="${d}" fill="none" stroke="${cloth.light}" stroke-opacity=".22" stroke-width="1" transform="translate(1.2 1.2)"/>`,
      );
    },
    stitch(d, colour = cloth.line) {
      layers.push(
        `<path d="${d}" fill="none" stroke="${colour}" stroke-opacity=".6" stroke-width="1.1" stroke-dasharray="4 2.6"/>`,
      );
    },
    button(x, y, radius = 4.2) {
      layers.push(
        `<circle cx="${x + 0.8}" cy="${y + 1.4}" r="${radius}" fill="${cloth.shade}" opacity=".5"/>`,
        `<circle cx="${x}" cy="${y}" r="${radius}" fill="${cloth.light}"/><circle cx="${x}" cy="${y}" r="${radius * 0.66}" fill="none" stroke="${cloth.line}" stroke-opacity=".45" stroke-width=".8"/>`,
        `<circle cx="${x - 1.1}" cy="${y}" r=".7" fill="${cloth.line}"/><circle cx="${x + 1.1}" cy="${y}" r=".7" fill="${cloth.line}"/>`,
      );
    },
    raw(svg) {
      layers.push(svg);
    },
    finish() {
      const silhouette = outlines.map((d) => `<path d="${d}"/>`).join("");
      return [
        `<defs>${defsFor(id, cloth)}</defs>`,
        `<g fill="#3b2f26" opacity=".3" filter="url(#${id}drop)" transform="translate(9 13)">${silhouette}</g>`,
        ...layers,
        // One layer of grain for the whole garment: noise is the dearest thing a browser draws here.
        `<clipPath id="${id}all">${silhouette}</clipPath><g clip-path="url(#${id}all)">${grainLayer(id, cloth)}</g>`,
      ].join("");
    },
  };
}

/** Pieces with less rounding than this, such as belt loops, are too small for a blur to be seen. */
const MIN_BLURRED = 9;

function shadingOf(piece: Piece, cloth: Cloth, id: string): string {
  const { d, folds = [], round = 30, tone, fill, turn = 0 } = piece;
  const strength = cloth.shadeStrength * (tone === "inside" ? 0.6 : 1);
  const bands = folds.map(
    ({ d: line, width = 12, strength: share = 1, fades }) =>
      `<path d="${line}" stroke="${fades ? `url(#${id}fs)` : cloth.shade}" stroke-width="${width}" stroke-opacity="${(strength * 0.62 * share).toFixed(3)}"/>` +
      `<path d="${line}" stroke="${fades ? `url(#${id}fl)` : cloth.light}" stroke-width="${width * 0.75}" stroke-opacity="${(cloth.lightStrength * 0.62 * share).toFixed(3)}" transform="translate(${-width * 0.85} -1)"/>`,
  );
  const blurredBy = (name: string): string => (round < MIN_BLURRED ? "" : ` filter="url(#${id}${name})"`);
  return [
    fill || tone === "inside" ? "" : weaveLayer(id, cloth, turn),
    bands.length ? `<g fill="none" stroke-linecap="round"${blurredBy("soft")}>${bands.join("")}</g>` : "",
    // Light comes from the upper left: the far edge falls into shade, the near edge catches light.
    `<g fill="none" stroke-linejoin="round"${blurredBy("round")}>`,
    `<path d="${d}" stroke="${cloth.shade}" stroke-width="${round}" stroke-opacity="${strength * 0.85}" transform="translate(${round * 0.2} ${round * 0.12})"/>`,
    `<path d="${d}" stroke="${cloth.light}" stroke-width="${round * 0.42}" stroke-opacity="${cloth.lightStrength * 0.55}" transform="translate(${-round * 0.12} ${-round * 0.1})"/>`,
    `</g>`,
  ].join("");
}
