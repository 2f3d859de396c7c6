/** The shop's departments; the first three and `sale` come from the click data, `shoes` is invented. */
export type Category = "trousers" | "skirts" | "blouses" | "shoes" | "sale";

/** The colours of the click data, by their names there. */
export type Colour =
  | "beige"
  | "black"
  | "blue"
  | "brown"
  | "burgundy"
  | "gray"
  | "green"
  | "navy blue"
  | "of many colors"
  | "olive"
  | "pink"
  | "red"
  | "violet"
  | "white";

/** Garments that share a size: a blouse says nothing about a shoe. */
export type SizeGroup = "tops" | "bottoms" | "dresses" | "shoes";

/** Letters, European clothing numbers, European shoe numbers: a 38 of one is no 38 of another. */
export type SizeSystem = "INT" | "EU" | "EU_SHOE";

/** What the click data says of a model; everything else about it is invented from the model code. */
export interface ModelFacts {
  model: string;
  category: Category;
  colour: Colour;
  /** US dollars. */
  price: number;
  /** Clicks in the data: the shop's order of popularity. */
  clicks: number;
}

export interface Product extends ModelFacts {
  name: string;
  brand: string;
  /** Silhouette: decides drawing and garment group. */
  cut: string;
  material: string;
  sizeGroup: SizeGroup;
  sizeSystem: SizeSystem;
  description: string;
  /** US dollars before the sale; only in `sale`. */
  wasPrice?: number;
}

export const CATEGORIES: readonly Category[] = ["trousers", "skirts", "blouses", "shoes", "sale"];
