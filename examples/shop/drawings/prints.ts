import { createRandom, hash } from "../catalogue/hash.ts";
import type { Product } from "../catalogue/Product.ts";

interface Print {
  ground: string;
  pattern: { width: number; height: number; body: string; angle: number };
}

/** Ground first, then the inks. */
const PALETTES = [
  ["#efe6d6", "#a5533f", "#5c7058", "#d6a15c"],
  ["#2f3a52", "#e9dcc6", "#c77f6b", "#8ba3a0"],
  ["#e7d3c6", "#7b3b46", "#c98a7d", "#46586b"],
  ["#dfe2d6", "#55705f", "#b9785a", "#2f4553"],
  ["#5b2f3a", "#e7cfb8", "#c58a5a", "#8fa08a"],
  ["#f1ece2", "#3e5876", "#8fa9bf", "#c2a05f"],
] as const;

type Palette = (typeof PALETTES)[number];
type Draw = (palette: Palette, random: () => number) => Print["pattern"];

const DRAWERS: Readonly<Record<string, readonly Draw[]>> = {
  wool: [plaid],
  twill: [plaid, stripes],
  linen: [stripes, leaves],
  poplin: [stripes, gingham, flowers],
  jersey: [bretons],
  merino: [bretons],
  "cotton-rib": [bretons],
};

/** The print of a model "of many colors": what that material is usually printed or woven with. */
export function printOf({ model, material }: Product): Print {
  const drawers = DRAWERS[material] ?? [flowers, leaves, dots];
  const draw = drawers[hash(`${model}/print`) % drawers.length] ?? flowers;
  const palette = PALETTES[hash(`${model}/palette`) % PALETTES.length] ?? PALETTES[0];
  return { ground: palette[0], pattern: draw(palette, createRandom(`${model}/print`)) };
}

function rect(x: number, y: number, width: number, height: number, fill: string, opacity = 1): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}" opacity="${opacity}"/>`;
}

function stripes([, first, second, third]: Palette): Print["pattern"] {
  const body = rect(6, 0, 9, 20, first) + rect(24, 0, 3, 20, second) + rect(34, 0, 3, 20, third);
  return { width: 44, height: 20, body, angle: 0 };
}

function bretons([, first, second]: Palette): Print["pattern"] {
  return { width: 20, height: 44, body: rect(0, 6, 20, 9, first) + rect(0, 28, 20, 9, second), angle: 0 };
}

function gingham([, first]: Palette): Print["pattern"] {
  const body = rect(0, 0, 14, 28, first, 0.5) + rect(0, 0, 28, 14, first, 0.5);
  return { width: 28, height: 28, body, angle: 0 };
}

function plaid([, first, second, third]: Palette): Print["pattern"] {
  const across =
    rect(0, 8, 80, 20, first, 0.42) + rect(0, 50, 80, 4, third, 0.7) + rect(0, 62, 80, 8, second, 0.4);
  const down =
    rect(8, 0, 20, 80, first, 0.42) + rect(50, 0, 4, 80, third, 0.7) + rect(62, 0, 8, 80, second, 0.4);
  return { width: 80, height: 80, body: across + down, angle: 0 };
}

function dot(at: number, fill: string): string {
  return `<circle cx="${at}" cy="${at}" r="5" fill="${fill}"/>`;
}

function dots([, first, second]: Palette): Print["pattern"] {
  return { width: 40, height: 40, body: dot(10, first) + dot(30, second), angle: 12 };
}

function flowers([, first, second, third]: Palette, random: () => number): Print["pattern"] {
  const spots = [
    [24, 22, 1.15],
    [74, 50, 0.95],
    [30, 82, 0.85],
    [88, 96, 1.1],
    [58, 12, 0.6],
    [100, 20, 0.6],
    [62, 104, 0.55],
  ] as const;
  const body = spots.map(([x, y, scale], index) => {
    const turn = Math.round(random() * 360);
    const petal = index % 2 ? second : first;
    const petals = [0, 72, 144, 216, 288].map(
      (angle) => `<ellipse cy="-7" rx="4.6" ry="7" fill="${petal}" transform="rotate(${angle})"/>`,
    );
    const leaf = `<path d="M6 8C14 8 20 14 20 21C12 20 7 16 6 8Z" fill="${third}"/>`;
    return `<g transform="translate(${x} ${y}) rotate(${turn}) scale(${scale})">${leaf}${petals.join("")}<circle r="3" fill="${third}"/></g>`;
  });
  return { width: 116, height: 116, body: body.join(""), angle: 0 };
}

function leaves([, first, second, third]: Palette, random: () => number): Print["pattern"] {
  const inks = [first, second, third];
  const body = [
    [20, 24],
    [64, 14],
    [48, 58],
    [92, 60],
    [14, 78],
    [74, 98],
  ].map(([x, y], index) => {
    const leaf = `<path d="M0-19C9-10 9 8 0 19C-9 8-9-10 0-19Z" fill="${inks[index % 3]}"/><path d="M0-13V19" stroke="#fff" stroke-opacity=".35" stroke-width="1"/>`;
    return `<g transform="translate(${x} ${y}) rotate(${Math.round(random() * 180)})">${leaf}</g>`;
  });
  return { width: 110, height: 116, body: body.join(""), angle: 0 };
}
