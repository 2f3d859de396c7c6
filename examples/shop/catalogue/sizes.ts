import { hash } from "./hash.ts";
import type { Product, SizeSystem } from "./Product.ts";

const LADDERS: Readonly<Record<SizeSystem, readonly string[]>> = {
  INT: ["XS", "S", "M", "L", "XL", "XXL"],
  EU: ["34", "36", "38", "40", "42", "44", "46"],
  EU_SHOE: ["36", "37", "38", "39", "40", "41", "42"],
};

/** The labels a product is made in, smallest first. */
export function sizesOf({ sizeSystem }: Pick<Product, "sizeSystem">): readonly string[] {
  return LADDERS[sizeSystem];
}

/** Units in stock, the same on every start: about one size in seven is sold out, a few are nearly. */
export function unitsInStock(model: string, size: string): number {
  const roll = hash(`${model}/${size}`) % 100;
  if (roll < 14) return 0;
  if (roll < 26) return 1 + (roll % 3);
  return 6 + (roll % 19);
}
