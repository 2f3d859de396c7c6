import { randomBytes } from "node:crypto";
import { sizesOf } from "../catalogue/sizes.ts";
import type { Product } from "../catalogue/Product.ts";
import { cookieLine } from "./cookies.ts";
import type { Shop } from "./Shop.ts";

export type FlashKind = "added" | "removed" | "saved" | "unsaved";

/**
 * What a form did, carried over its redirect to the page that reports it. A push just before navigation may be
 * lost; the page after the redirect reports it, and knows by `id` when it is shown again from the browser's cache.
 */
export interface Flash {
  id: string;
  kind: FlashKind;
  product: Product;
  size?: string;
  quantity: number;
}

export const FLASH_COOKIE = "shop_flash";
const KINDS: readonly string[] = ["added", "removed", "saved", "unsaved"];

export function flashCookie(kind: FlashKind, model: string, size = "", quantity = 1): string {
  const id = randomBytes(6).toString("base64url");
  return cookieLine(FLASH_COOKIE, [id, kind, model, size, quantity].join("~"), 60);
}

export function parseFlash(text: string | undefined, shop: Shop): Flash | undefined {
  const [id = "", kind = "", model = "", size = "", count = ""] = (text ?? "").split("~");
  const product = shop.product(model);
  if (!/^[\w-]{6,16}$/.test(id) || !KINDS.includes(kind) || !product) return undefined;
  const flash: Flash = {
    id,
    kind: kind as FlashKind,
    product,
    quantity: Math.max(1, Number.parseInt(count, 10) || 1),
  };
  if (sizesOf(product).includes(size)) flash.size = size;
  return flash;
}
