import type { Product } from "../catalogue/Product.ts";
import { drawGarment } from "./drawProduct.ts";

/** A square picture for a department: its most wanted piece of an unusual colour, larger than the frame. */
export function drawTile(products: readonly Product[]): string {
  const product = products[0];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 600" width="600" height="600">${product ? drawGarment(product, "t") : ""}</svg>`;
}
