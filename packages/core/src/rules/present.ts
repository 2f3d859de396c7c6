import type { Product } from "../profile/product.ts";
import type { Outcome } from "./decision.ts";
import { safeUrl, type ViewNode, type ViewTag } from "./viewNode.ts";

/**
 * Turns an outcome into content: texts and checked addresses, no markup from the wire.
 * Empty for outcomes that are not content (`prefill`, `value`).
 */
export function present(outcome: Outcome, because: string | undefined, language: string): ViewNode[] {
  if (!("products" in outcome)) return [];
  const { type, title, text, products, href, label } = outcome;
  const cards = products.map((product): ViewNode => ["li", {}, card(product, language)]);
  return [
    element("div", `block vitrine-${type}`, [
      title && element("h2", "title", [title]),
      text && element("p", "text", [text]),
      cards[0] && element("ul", "products", cards),
      label && link("more", href, [label]),
      because && element("small", "because", [because]),
    ]),
  ];
}

function card({ image, name, id, price, currency, url }: Product, language: string): ViewNode {
  const src = safeUrl(image);
  return link("card", url, [
    src && ["img", { class: "vitrine-image", src, alt: "" }],
    element("span", "name", [name ?? id]),
    price !== undefined && element("span", "price", [money(price, currency, language)]),
  ]);
}

/** Parts that are not there are left out. */
type Parts = (ViewNode | false | undefined)[];

function element(tag: ViewTag, name: string, parts: Parts, href?: string): ViewNode {
  const children = parts.filter((part) => part) as ViewNode[];
  return [tag, { class: `vitrine-${name}`, ...(href && { href }) }, ...children];
}

/** A link, or the same without an address when that is missing or unsafe. */
function link(name: string, url: string | undefined, parts: Parts): ViewNode {
  const href = safeUrl(url);
  return element(href ? "a" : "div", name, parts, href);
}

function money(amount: number, currency: string | undefined, language: string): string {
  try {
    return amount.toLocaleString(language, currency ? { style: "currency", currency } : undefined);
  } catch {
    // RangeError: a currency or language tag that does not exist.
    return `${amount} ${currency ?? ""}`;
  }
}
