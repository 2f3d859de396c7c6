import { cookieLine } from "./cookies.ts";
import type { Shop } from "./Shop.ts";

export const SAVED_COOKIE = "shop_saved";
const MAX_SAVED = 60;
const DAYS_180 = 180 * 24 * 60 * 60;

/** Reads the wish list cookie: model codes, newest first. */
export function parseSaved(text: string | undefined, shop: Shop): string[] {
  const models = new Set((text ?? "").split(".").filter((model) => shop.product(model)));
  return [...models].slice(0, MAX_SAVED);
}

export function savedCookie(models: readonly string[]): string {
  return cookieLine(SAVED_COOKIE, models.slice(0, MAX_SAVED).join("."), DAYS_180);
}
