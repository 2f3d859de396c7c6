import type { Colour } from "../catalogue/Product.ts";

/** The dye of each colour of the click data; "of many colors" gets its ground from the print. */
export const DYES: Readonly<Record<Colour, string>> = {
  beige: "#d3bf9f",
  black: "#34333a",
  blue: "#6a8cb0",
  brown: "#7a583f",
  burgundy: "#6f2a39",
  gray: "#97979a",
  green: "#5d7d64",
  "navy blue": "#2f3d5c",
  "of many colors": "#d9c9b4",
  olive: "#787650",
  pink: "#dcaaa9",
  red: "#b2423f",
  violet: "#8c7aa3",
  white: "#f4f0e8",
};

/** Mixes `share` (0..1) of `other` into `base`; both `#rrggbb`. */
export function mix(base: string, other: string, share: number): string {
  const from = channels(base);
  const to = channels(other);
  const mixed = from.map((value, index) => Math.round(value + ((to[index] ?? 0) - value) * share));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

/** Perceived lightness, 0 (black) to 1 (white). */
export function lightness(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour);
  return (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16));
}
