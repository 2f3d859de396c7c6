import { createRandom, hash } from "../catalogue/hash.ts";
import type { Product } from "../catalogue/Product.ts";
import { DYES, lightness, mix } from "./colour.ts";
import { printOf } from "./prints.ts";

export type Weave = "plain" | "linen" | "denim" | "corduroy" | "satin" | "rib" | "leather" | "suede";

/** What a garment is cut from: the tones that shading needs, the weave and, for prints, a pattern. */
export interface Cloth {
  base: string;
  /** Falls into folds. */
  shade: string;
  /** Deepest tone: inside a neck or a waistband. */
  inside: string;
  /** Sits on folds. */
  light: string;
  /** Seams and outlines. */
  line: string;
  /** Strength of the shading, 0..1: dark cloth shows its folds by light, light cloth by shade. */
  shadeStrength: number;
  lightStrength: number;
  weave: Weave;
  /** Body of an SVG `<pattern>` with its tile size in units of the drawing. */
  print?: { width: number; height: number; body: string; angle: number };
}

const WEAVES: Readonly<Record<string, Weave>> = {
  linen: "linen",
  denim: "denim",
  corduroy: "corduroy",
  satin: "satin",
  silk: "satin",
  merino: "rib",
  "cotton-rib": "rib",
  leather: "leather",
  suede: "suede",
};

export function clothOf(product: Product): Cloth {
  const weave = WEAVES[product.material] ?? "plain";
  const print = product.colour === "of many colors" ? printOf(product) : undefined;
  const dye = print?.ground ?? vary(dyeOf(product, weave), product.model);
  const light = lightness(dye);
  const cloth: Cloth = {
    base: dye,
    shade: mix(dye, light > 0.8 ? "#4f4438" : "#120d12", light > 0.8 ? 0.62 : 0.72),
    inside: mix(dye, "#1a1416", light > 0.8 ? 0.3 : 0.5),
    light: mix(dye, "#fffaf2", light < 0.3 ? 0.5 : 0.78),
    line: mix(dye, "#15100f", light > 0.8 ? 0.5 : 0.68),
    shadeStrength: light > 0.8 ? 0.34 : light < 0.3 ? 0.75 : 0.58,
    lightStrength: light > 0.8 ? 0.9 : light < 0.3 ? 0.34 : 0.42,
    weave,
  };
  if (print) cloth.print = print.pattern;
  return cloth;
}

function dyeOf({ colour, model }: Product, weave: Weave): string {
  if (weave !== "denim") return DYES[colour];
  // Denim is indigo in several washes, not blue paint.
  if (colour === "blue") return ["#5f7d9c", "#7f9ab3", "#48658a"][hash(`${model}/wash`) % 3] ?? DYES.blue;
  return mix(DYES[colour], "#6f7f92", 0.14);
}

// Two models of one colour are never from the same dye lot.
function vary(dye: string, model: string): string {
  const random = createRandom(`${model}/dye`);
  return mix(dye, random() < 0.5 ? "#ffffff" : "#2a2018", random() * 0.07);
}
