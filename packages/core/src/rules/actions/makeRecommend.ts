import { get } from "../../profile/keyed.ts";
import { followersOf } from "../../recommend/sequentialRules.ts";
import type { Maker } from "./maker.ts";

/** What others clicked after the article that she clicked last, never that one itself; only what can be shown. */
export const makeRecommend: Maker<"recommend"> = ({ limit = 4, href }, { profile, fold, shop }) => {
  const last = profile.lastViewed.product;
  const next = shop?.next;
  if (!last || !next) return undefined;
  const products = followersOf(next, last.id, next.items.length)
    .flatMap((id) => get(next.products, id) ?? [])
    .slice(0, limit);
  if (!products[0]) return undefined;
  // The nearest visits share any of her last clicks: all of these are why.
  const clicks = (next.after ?? [last.id]).flatMap((id) => get(fold.recent, id) ?? []);
  return {
    products,
    href,
    values: { product: clicks.map(({ v }) => v.name ?? v.id).join(", ") },
    evidence: clicks.map(({ i }) => i),
  };
};
