import { isObject, numberOf } from "../event/event.ts";
import type { Json, JsonObject } from "../json.ts";
import { boundedText } from "./boundedText.ts";

/**
 * What is known of a product, enough to show it offline.
 * A size label means something only with its `system` and `group`: `M` is not a size, `(INT, M, tops)` is.
 */
export interface Product {
  id: string;
  sku?: string;
  name?: string;
  brand?: string;
  /** Category id: `category_id`, else the category's name. */
  category?: string;
  categoryName?: string;
  variant?: string;
  price?: number;
  currency?: string;
  image?: string;
  url?: string;
  size?: string;
  sizeSystem?: string;
  /** Garment group within which sizes may be compared: `tops`, `bottoms`, `shoes`; else the category. */
  sizeGroup?: string;
  department?: string;
  gift?: boolean;
}

/** Texts of a product, and the property each is read from where that has another name. */
const TEXTS =
  "sku name brand category:category_id categoryName:category variant currency image:image_url url size sizeSystem:size_system sizeGroup:size_group department"
    .split(" ")
    .map((field) => field.split(":"));

/**
 * Reads a product from Segment e-commerce properties (`product_id`, `image_url`, `size_system` …).
 * @returns undefined when there is no `product_id` and no `sku`: a product nobody can find again.
 */
export function productOf(from: JsonObject, defaults: JsonObject = {}): Product | undefined {
  const text = (name: string) => boundedText(from[name]) ?? boundedText(defaults[name]);
  const id = text("product_id") ?? text("sku");
  if (!id) return undefined;
  const product: JsonObject = { id };
  for (const [field, name = field] of TEXTS) {
    const value = text(name!);
    if (value) product[field!] = value;
  }
  const price = numberOf(from.price);
  if (price !== undefined) product.price = price;
  // No key without a value: a view lays these over what else is known.
  if (product.categoryName) product.category ??= product.categoryName;
  if ((from.gift ?? defaults.gift) === true) product.gift = true;
  return product as unknown as Product;
}

/** The key under which lines of one article in one size meet. */
export function lineKey(product: Product): string {
  return [product.sku ?? product.id, product.variant ?? "", product.size ?? ""].join("|");
}

/** The `products` of an event, at most `max`. */
export function productRows(value: Json | undefined, max: number = 100): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject).slice(0, max) : [];
}
