import type { Product } from "./Product.ts";
import { sizesOf } from "./sizes.ts";

/**
 * The number on a garment's label: a GTIN-13 of the range that GS1 leaves to shops' own use (it begins with 20), made of
 * model and size, the same for ever.
 */
export function gtinOf(product: Pick<Product, "model" | "sizeSystem">, size: string): string {
  const place = sizesOf(product).indexOf(size);
  if (place < 0) throw new Error(`gtinOf: ${product.model} is not made in ${size}`);
  const letter = product.model.charCodeAt(0) - 64; // A is 1
  const number = product.model.slice(1).padStart(3, "0");
  const digits = `20000${String(letter).padStart(2, "0")}${number}${String(place).padStart(2, "0")}`;
  const sum = Array.from(digits, Number).reduce(
    (total, digit, i) => total + digit * (i % 2 === 0 ? 1 : 3),
    0,
  );
  return digits + String((10 - (sum % 10)) % 10);
}
