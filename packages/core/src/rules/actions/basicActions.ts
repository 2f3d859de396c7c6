import { cartLines } from "../../profile/profileView.ts";
import { fillText } from "../text.ts";
import type { Maker } from "./maker.ts";

type BasicType = "continueCategory" | "resume" | "message" | "value";

/** The actions that the SDK's second script brings; the others come when a rule needs one. */
export const BASIC_ACTIONS: { [T in BasicType]: Maker<T> } = {
  continueCategory({ limit = 4, href }, { profile, fold }) {
    const { category } = profile.lastViewed;
    if (!category) return undefined;
    const products = profile.recent.filter((product) => product.category === category.id).slice(0, limit);
    const address = href ? fillText(href, { category: encodeURIComponent(category.id) }) : category.url;
    if (!products[0] && !address) return undefined;
    return {
      products,
      href: address,
      values: { category: category.name },
      evidence: [fold.last!["category"]!, ...products.map(({ id }) => fold.recent![id]!)].map(({ i }) => i),
    };
  },
  resume({ what, limit = 4, href }, { profile, fold }) {
    const isCart = what === "cart";
    const lines = isCart ? profile.cart.lines : profile.lists;
    if (!lines[0]) return undefined;
    return {
      products: lines.slice(0, limit).map((line) => line.product),
      href,
      values: { count: isCart ? profile.cart.count : lines.length },
      evidence: isCart ? cartLines(fold).map(({ i }) => i) : [],
    };
  },
  message: ({ href }) => ({ href }),
  value: ({ value }) => ({ outcome: { type: "value", value } }),
};
