import { CATEGORIES } from "../catalogue/Product.ts";
import type { Category } from "../catalogue/Product.ts";
import { drawProduct, type View } from "../drawings/drawProduct.ts";
import { drawRail } from "../drawings/drawRail.ts";
import { drawTile } from "../drawings/drawTile.ts";
import { fingerprint } from "./assets.ts";
import type { Shop } from "./Shop.ts";

interface Picture {
  body: string;
  etag: string;
}

/**
 * The shop's pictures by name: `A13`, `A13-detail`, `A13-fabric`, `rail`, `tile-skirts`. Drawn when first asked for
 * and then kept: there are only as many as the catalogue has models.
 */
export function createImages(shop: Shop): (name: string) => Picture | undefined {
  const drawn = new Map<string, Picture>();
  return (name) => {
    const known = drawn.get(name);
    if (known) return known;
    const body = draw(name, shop);
    if (body === undefined) return undefined;
    const picture = { body, etag: fingerprint(body) };
    drawn.set(name, picture);
    return picture;
  };
}

function draw(name: string, shop: Shop): string | undefined {
  if (name === "rail") return drawRail(shop.products);
  const [first = "", second = ""] = name.split("-");
  if (first === "tile" && CATEGORIES.includes(second as Category))
    return drawTile(second as Category, shop.products);
  const product = shop.product(first);
  const view = second || "whole";
  return product && isView(view) && name === [first, second].filter(Boolean).join("-")
    ? drawProduct(product, view)
    : undefined;
}

function isView(text: string): text is View {
  return text === "whole" || text === "detail" || text === "fabric";
}
