import type { Product } from "../catalogue/Product.ts";
import { drawGarment } from "./drawProduct.ts";

/** What hangs on the rail, left to right: the first product of that cut and colour. */
const HANGING = [
  { cut: "shirt", colour: "white", x: 60, scale: 0.9 },
  { cut: "wide", colour: "brown", x: 270, scale: 0.94 },
  { cut: "v-blouse", colour: "olive", x: 430, scale: 0.9 },
] as const;

/** The hero picture: a clothes rail against a plastered wall, 1200 × 900. */
export function drawRail(products: readonly Product[]): string {
  const garments = HANGING.map(({ cut, colour, x, scale }, index) => {
    const product = products.find((entry) => entry.cut === cut && entry.colour === colour);
    return product ? hang(product, { x, scale, id: `r${index}` }) : "";
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 900" width="1200" height="900">${garments.join("")}</svg>`;
}

function hang(product: Product, { x, scale, id }: { x: number; scale: number; id: string }): string {
  return `<g transform="translate(${x} 90) scale(${scale})">${drawGarment(product, id)}</g>`;
}
