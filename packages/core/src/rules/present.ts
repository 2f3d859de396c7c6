import type { Product } from "../profile/product.ts";
import type { Outcome } from "./decision.ts";
import { safeUrl, type ViewNode } from "./viewNode.ts";

/**
 * Turns an outcome into content: texts and checked addresses, no markup from the wire.
 * Empty for outcomes that are not content (`prefill`, `value`).
 */
export function present(outcome: Outcome, because: string | undefined, language: string): ViewNode[] {
  if (!("products" in outcome)) return [];
  const { type, title, text, products, href, label } = outcome;
  const cards = products.map((product): ViewNode => ["li", {}, card(product, language)]);
  // Empty texts are left out; an empty string is a view node that shows nothing.
  const parts: ViewNode[] = [
    title ? ["h2", { class: "vitrine-title" }, title] : "",
    text ? ["p", { class: "vitrine-text" }, text] : "",
    cards[0] ? ["ul", { class: "vitrine-products" }, ...cards] : "",
    label ? link("vitrine-more", href, [label]) : "",
    because ? ["small", { class: "vitrine-because" }, because] : "",
  ];
  return [["div", { class: `vitrine-block vitrine-${type}` }, ...parts.filter(Boolean)]];
}

function card({ image, name, id, price, currency, url }: Product, language: string): ViewNode {
  const src = safeUrl(image);
  const parts: ViewNode[] = [["span", { class: "vitrine-name" }, name ?? id]];
  if (src) parts.unshift(["img", { class: "vitrine-image", src, alt: "" }]);
  if (price !== undefined) parts.push(["span", { class: "vitrine-price" }, money(price, currency, language)]);
  return link("vitrine-card", url, parts);
}

/** A link, or the same without an address when that is missing or unsafe. */
function link(className: string, url: string | undefined, parts: ViewNode[]): ViewNode {
  const href = safeUrl(url);
  return href ? ["a", { class: className, href }, ...parts] : ["div", { class: className }, ...parts];
}

function money(amount: number, currency: string | undefined, language: string): string {
  try {
    return amount.toLocaleString(language, currency ? { style: "currency", currency } : {});
  } catch {
    // RangeError: a currency or language tag that does not exist.
    return `${amount} ${currency ?? ""}`;
  }
}
