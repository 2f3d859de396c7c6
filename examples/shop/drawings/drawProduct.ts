import { createRandom } from "../catalogue/hash.ts";
import type { Product } from "../catalogue/Product.ts";
import { drawBlouse } from "./blouses.ts";
import { clothOf } from "./Cloth.ts";
import { createSketch } from "./createSketch.ts";
import { drawDress } from "./dresses.ts";
import { drawShoe } from "./shoes.ts";
import { drawSkirt } from "./skirts.ts";
import { drawTrousers } from "./trousers.ts";
import { SKIRTS } from "../catalogue/cuts.ts";

const SKIRT_CUTS = new Set(SKIRTS.map(({ cut }) => cut));

/** Which part of the 600 × 750 sheet a picture shows. */
export type View = "whole" | "detail" | "fabric";

/** Draws a product on the studio backdrop, as a complete SVG document; the same model always gives the same bytes. */
export function drawProduct(product: Product, view: View = "whole"): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${viewBox(product, view)}" width="900" height="1125">`,
    `<defs><radialGradient id="bg" cx=".42" cy=".36" r=".85"><stop offset="0" stop-color="#f1ede6"/><stop offset=".6" stop-color="#e9e4db"/><stop offset="1" stop-color="#dcd5c9"/></radialGradient></defs>`,
    `<rect width="600" height="750" fill="url(#bg)"/>`,
    drawGarment(product, "g"),
    `</svg>`,
  ].join("");
}

/** The garment alone, for compositions; ids begin with `id`. */
export function drawGarment(product: Product, id: string): string {
  const sketch = createSketch(id, clothOf(product), createRandom(`${product.model}/drawing`));
  if (product.sizeGroup === "shoes") drawShoe(sketch, product.cut);
  else if (product.sizeGroup === "dresses") drawDress(sketch, product.cut);
  else if (product.sizeGroup === "tops") drawBlouse(sketch, product.cut);
  else if (SKIRT_CUTS.has(product.cut)) drawSkirt(sketch, product.cut);
  else drawTrousers(sketch, product.cut);
  return sketch.finish();
}

function viewBox({ sizeGroup }: Product, view: View): string {
  if (sizeGroup === "shoes") {
    if (view === "detail") return "40 250 320 400";
    return view === "fabric" ? "336 384 80 100" : "24 24 552 690";
  }
  if (view === "detail") return "140 70 320 400";
  if (view === "fabric") return "240 330 120 150";
  return sizeGroup === "tops" ? "56 40 488 610" : "24 28 552 690";
}
