import type { Product } from "../catalogue/Product.ts";
import { colourName } from "./colourName.ts";
import { type Html, html, raw } from "./html.ts";
import { dollars } from "./money.ts";
import type { List } from "./pageData.ts";
import type { Crumb } from "./structuredData.ts";

/** Stroked 24 × 24 line icons. */
const ICONS = {
  heart: "M12 20.3 4.6 13a4.7 4.7 0 0 1 6.6-6.6l.8.8.8-.8a4.7 4.7 0 0 1 6.6 6.6Z",
  search: "M10.8 17.6a6.8 6.8 0 1 0 0-13.6 6.8 6.8 0 0 0 0 13.6ZM15.8 15.8 20.5 20.5",
  bag: "M5.5 8.5h13l1 11.5h-15ZM8.8 8.5V7.2a3.2 3.2 0 0 1 6.4 0v1.3",
  person:
    "M12 11.8a3.9 3.9 0 1 0 0-7.8 3.9 3.9 0 0 0 0 7.8ZM4.8 20.2c.6-3.9 3.4-5.7 7.2-5.7s6.6 1.800 7.2 5.700",
} as const;

export function icon(name: keyof typeof ICONS): Html {
  return raw(
    `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="${ICONS[name]}"/></svg>`,
  );
}

export function price(product: Product): Html {
  if (!product.wasPrice) return html`<span class="price">${dollars(product.price)}</span>`;
  return html`<span class="price price-sale"
      ><span class="visually-hidden">Now </span>${dollars(product.price)}</span
    >
    <s class="price-was"><span class="visually-hidden">Was </span>${dollars(product.wasPrice)}</s>`;
}

export function picture(product: Product, sizes: { lazy: boolean; alt?: string }): Html {
  const loading = sizes.lazy ? raw(' loading="lazy"') : raw("");
  return html`<img
    src="/images/${product.model}.svg"
    width="600"
    height="750"
    alt="${sizes.alt ?? ""}"
    decoding="async"
    ${loading}
  />`;
}

/** The heart that saves a product; a form, so that it works by itself. */
export function heart(product: Product, isSaved: boolean, backTo: string): Html {
  return html`<form class="heart" method="post" action="/saved">
    <input type="hidden" name="model" value="${product.model}" /><input
      type="hidden"
      name="back"
      value="${backTo}"
    />
    <button aria-pressed="${String(isSaved)}" aria-label="Save ${product.name}">${icon("heart")}</button>
  </form>`;
}

interface GridOptions {
  list: List;
  saved: readonly string[];
  backTo: string;
  /** Pictures loaded at once; the rest waits until it is near. */
  eager?: number;
  /** Level of the products' headings. */
  level?: 2 | 3;
}

export function productGrid(products: readonly Product[], options: GridOptions): Html {
  const { list, saved, backTo, eager = 0, level = 2 } = options;
  const cards = products.map((product, index) =>
    card(product, { lazy: index >= eager, isSaved: saved.includes(product.model), backTo, level }),
  );
  return html`<ul class="grid" role="list" data-list="${list.id}">
    ${cards}
  </ul>`;
}

function card(
  product: Product,
  options: { lazy: boolean; isSaved: boolean; backTo: string; level: 2 | 3 },
): Html {
  const name = html`<a href="/p/${product.model}" data-item="${product.model}">${product.name}</a>`;
  const heading =
    options.level === 2 ? html`<h2 class="card-name">${name}</h2>` : html`<h3 class="card-name">${name}</h3>`;
  return html`<li class="card">
    <div class="card-picture">
      ${picture(product, options)}${product.wasPrice ? html`<span class="badge">Sale</span>` : ""}
    </div>
    <div class="card-text">
      <p class="card-brand">${product.brand}</p>
      ${heading}
      <p class="card-price">${price(product)}</p>
      <p class="card-colour">${colourName(product.colour)}</p>
    </div>
    ${heart(product, options.isSaved, options.backTo)}
  </li>`;
}

export function breadcrumbs(crumbs: readonly Crumb[]): Html {
  const items = crumbs.map(({ name, path }, index) =>
    index === crumbs.length - 1
      ? html`<li><span aria-current="page">${name}</span></li>`
      : html`<li><a href="${path}">${name}</a></li>`,
  );
  return html`<nav class="breadcrumbs" aria-label="Breadcrumb">
    <ol>
      ${items}
    </ol>
  </nav>`;
}
