import type { Product } from "../profile/product.ts";
import type { Outcome } from "./decision.ts";
import type { Texts } from "./ruleset.ts";
import { localText } from "./text.ts";
import { element, link } from "./viewElement.ts";
import { safeUrl, type ViewNode } from "./viewNode.ts";

/**
 * Turns content into nodes: texts, articles, a picture and checked addresses, no markup from the wire.
 * Empty for outcomes that are no such content (`prefill`, `survey`, `value` …).
 */
export function presentContent(outcome: Outcome, because: string | undefined, language: string): ViewNode[] {
  if (!("products" in outcome)) return [];
  const { type, title, text, products, href, label, image } = outcome;
  const cards = products.map((product): ViewNode => ["li", {}, card(product, language)]);
  const src = safeUrl(image?.src);
  return [
    element("div", `block vitrine-${type}`, [
      src && ["img", { class: "vitrine-picture", src, alt: image!.alt }],
      title && element("h2", "title", [title]),
      text && element("p", "text", [text]),
      cards[0] && element("ul", "products", cards),
      label && link("more", href, [label]),
      because && element("small", "because", [because]),
    ]),
  ];
}

/** What stands before a size. */
const SIZE: Texts = {
  en: "Size",
  de: "Größe",
  fr: "Taille",
  es: "Talla",
  pl: "Rozmiar",
  "zh-Hans": "尺码",
  "zh-Hant": "尺碼",
};

function card({ image, name, id, size, price, currency, url }: Product, language: string): ViewNode {
  const src = safeUrl(image);
  return link("card", url, [
    src && ["img", { class: "vitrine-image", src, alt: "" }],
    element("span", "name", [name ?? id]),
    size && element("span", "size", [`${localText(SIZE, language)} ${size}`]),
    price !== undefined && element("span", "price", [money(price, currency, language)]),
  ]);
}

function money(amount: number, currency: string | undefined, language: string): string {
  try {
    return amount.toLocaleString(language, currency ? { style: "currency", currency } : undefined);
  } catch {
    // RangeError: a currency or language tag that does not exist.
    return `${amount} ${currency ?? ""}`;
  }
}
