import type { Category, Colour } from "../catalogue/Product.ts";

/** A colour as the shop writes it. */
export function colourName(colour: Colour): string {
  if (colour === "of many colors") return "Multicolor";
  if (colour === "navy blue") return "Navy";
  return colour.charAt(0).toUpperCase() + colour.slice(1);
}

/** A class that paints a swatch; the page's policy allows no inline styles. */
export function swatchClass(colour: Colour): string {
  return `swatch swatch-${colour.replaceAll(" ", "-")}`;
}

export function categoryName(category: Category): string {
  return category.charAt(0).toUpperCase() + category.slice(1);
}
