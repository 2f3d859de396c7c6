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

/**
 * Reads a product from Segment e-commerce properties (`product_id`, `image_url`, `size_system` …).
 * @returns undefined when there is no `product_id` and no `sku`: a product nobody can find again.
 */
export function productOf(from: JsonObject, defaults: JsonObject = {}): Product | undefined {
  const text = (...names: string[]) => {
    for (const name of names) {
      const value = boundedText(from[name] ?? defaults[name]);
      if (value) return value;
    }
    return undefined;
  };
  const id = text("product_id", "sku");
  if (!id) return undefined;
  const fields = {
    sku: text("sku"),
    name: text("name"),
    brand: text("brand"),
    category: text("category_id", "category"),
    categoryName: text("category"),
    variant: text("variant"),
    price: numberOf(from.price),
    currency: text("currency"),
    image: text("image_url"),
    url: text("url"),
    size: text("size"),
    sizeSystem: text("size_system"),
    sizeGroup: text("size_group"),
    department: text("department"),
    gift: from.gift === true || defaults.gift === true || undefined,
  };
  const product: JsonObject = { id };
  for (const [key, value] of Object.entries(fields)) if (value !== undefined) product[key] = value;
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
