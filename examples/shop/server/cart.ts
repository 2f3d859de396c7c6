import { sizesOf } from "../catalogue/sizes.ts";
import type { Product } from "../catalogue/Product.ts";
import { cookieLine } from "./cookies.ts";
import type { Shop } from "./Shop.ts";

export interface CartLine {
  product: Product;
  size: string;
  quantity: number;
}

export type Cart = readonly CartLine[];

export const CART_COOKIE = "shop_bag";
const MAX_LINES = 30;
const MAX_QUANTITY = 9;
const DAYS_30 = 30 * 24 * 60 * 60;

/** Reads the cart cookie (`model.size.quantity~…`); what the shop does not sell is dropped. */
export function parseCart(text: string | undefined, shop: Shop): Cart {
  const lines: CartLine[] = [];
  for (const part of (text ?? "").split("~").slice(0, MAX_LINES)) {
    const [model = "", size = "", count = ""] = part.split(".");
    const product = shop.product(model);
    const quantity = Number.parseInt(count, 10);
    if (!product || !sizesOf(product).includes(size) || !(quantity >= 1)) continue;
    if (lines.some((line) => isSame(line, model, size))) continue;
    lines.push({ product, size, quantity: Math.min(quantity, MAX_QUANTITY) });
  }
  return lines;
}

export function cartCookie(cart: Cart): string {
  const text = cart.map(({ product, size, quantity }) => `${product.model}.${size}.${quantity}`).join("~");
  return cookieLine(CART_COOKIE, text, text ? DAYS_30 : 0);
}

/** The cart with the line set to `quantity` (0 removes it), within stock and the shop's limit. New lines go first. */
export function withQuantity(cart: Cart, line: CartLine, shop: Shop): Cart {
  const { product, size } = line;
  const quantity = Math.max(0, Math.min(line.quantity, MAX_QUANTITY, shop.stock(product.model, size)));
  const known = cart.some((entry) => isSame(entry, product.model, size));
  const next = known
    ? cart.map((entry) => (isSame(entry, product.model, size) ? { ...entry, quantity } : entry))
    : [{ product, size, quantity }, ...cart];
  return next.filter((entry) => entry.quantity > 0).slice(0, MAX_LINES);
}

export function quantityOf(cart: Cart, model: string, size: string): number {
  return cart.find((line) => isSame(line, model, size))?.quantity ?? 0;
}

/** Pieces, not lines. */
export function piecesIn(cart: Cart): number {
  return cart.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** US dollars. */
export function valueOf(cart: Cart): number {
  return cart.reduce((sum, { product, quantity }) => sum + product.price * quantity, 0);
}

function isSame({ product, size }: CartLine, model: string, otherSize: string): boolean {
  return product.model === model && size === otherSize;
}
