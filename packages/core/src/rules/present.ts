import type { Product } from "../profile/product.ts";
import type { Outcome } from "./decision.ts";
import { safeUrl, type ViewNode } from "./viewNode.ts";

/**
 * Turns an outcome into content: texts and checked addresses, no markup from the wire.
 * Empty for outcomes that are not content (`prefill`, `value`).
 */
export function present(outcome: Outcome, because: string, language: string): ViewNode[] {
  switch (outcome.type) {
    case "continueCategory":
      return block("continue", outcome.title, because, [
        products(outcome.products, language),
        link(outcome.href, outcome.category.name, "vitrine-more"),
      ]);
    case "resume":
      return block("resume", outcome.title, because, [
        products(
          outcome.lines.map((line) => line.product),
          language,
        ),
        link(outcome.href, outcome.label, "vitrine-more"),
      ]);
    case "message":
      return block("message", outcome.title, because, [
        outcome.text && ["p", { class: "vitrine-text" }, outcome.text],
        link(outcome.href, outcome.label, "vitrine-more"),
      ]);
    default:
      return [];
  }
}

function block(
  name: string,
  title: string | undefined,
  because: string,
  parts: (ViewNode | undefined)[],
): ViewNode[] {
  const heading: ViewNode[] = title ? [["h2", { class: "vitrine-title" }, title]] : [];
  const shown = parts.filter((part): part is ViewNode => Boolean(part));
  return [
    [
      "div",
      { class: `vitrine-block vitrine-${name}` },
      ...heading,
      ...shown,
      ["small", { class: "vitrine-because" }, because],
    ],
  ];
}

function products(list: Product[], language: string): ViewNode | undefined {
  if (list.length === 0) return undefined;
  return [
    "ul",
    { class: "vitrine-products" },
    ...list.map((product): ViewNode => ["li", {}, card(product, language)]),
  ];
}

function card(product: Product, language: string): ViewNode {
  const src = safeUrl(product.image);
  const name = product.name ?? product.id;
  const parts: ViewNode[] = [["span", { class: "vitrine-name" }, name]];
  if (src) parts.unshift(["img", { src, alt: "", class: "vitrine-image" }]);
  if (product.price !== undefined)
    parts.push(["span", { class: "vitrine-price" }, priceText(product, language)]);
  return link(product.url, parts, "vitrine-card") ?? ["div", { class: "vitrine-card" }, ...parts];
}

function link(
  href: string | undefined,
  content: string | ViewNode[] | undefined,
  className: string,
): ViewNode | undefined {
  const safe = safeUrl(href);
  if (!safe || !content?.length) return undefined;
  return ["a", { href: safe, class: className }, ...(typeof content === "string" ? [content] : content)];
}

function priceText({ price, currency }: Product, language: string): string {
  try {
    return new Intl.NumberFormat(language, currency ? { style: "currency", currency } : {}).format(price!);
  } catch {
    // A currency or language tag that does not exist: RangeError.
    return `${price} ${currency ?? ""}`.trim();
  }
}
