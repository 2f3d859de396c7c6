import { flashCookie } from "../flash.ts";
import { field } from "../readBody.ts";
import type { Reply } from "../Reply.ts";
import { savedCookie } from "../saved.ts";
import type { Shop } from "../Shop.ts";
import type { Visit } from "../Visit.ts";

/** Saves a product, or forgets it when it was saved, and goes back to where the heart was. */
export function toggleSaved(form: URLSearchParams, shop: Shop, { saved }: Visit): Reply {
  const to = localPath(field(form, "back"));
  const product = shop.product(field(form, "model"));
  if (!product) return { kind: "redirect", to };
  const isSaved = saved.includes(product.model);
  const rest = saved.filter((model) => model !== product.model);
  return {
    kind: "redirect",
    to,
    cookies: [
      savedCookie(isSaved ? rest : [product.model, ...rest]),
      flashCookie(isSaved ? "unsaved" : "saved", product.model),
    ],
  };
}

// Only a path of this shop: browsers read "//" and "/\" as the start of another host.
function localPath(path: string): string {
  return /^\/(?![/\\])[\w\-./?=&%+]*$/.test(path) ? path : "/saved";
}
