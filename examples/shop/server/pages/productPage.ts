import { MATERIALS } from "../../catalogue/materials.ts";
import { sizesOf } from "../../catalogue/sizes.ts";
import type { Product } from "../../catalogue/Product.ts";
import { categoryName, colourName, swatchClass } from "../colourName.ts";
import { breadcrumbs, icon, price, productGrid } from "../components.ts";
import { type Html, html } from "../html.ts";
import { CURRENCY, dollars, FREE_DELIVERY_FROM } from "../money.ts";
import { flashEvents, itemOf, listEvent } from "../pageData.ts";
import type { Page } from "../Reply.ts";
import type { Shop } from "../Shop.ts";
import { sizeControl } from "../sizeControl.ts";
import { breadcrumbList, productGroup } from "../structuredData.ts";
import type { Visit } from "../Visit.ts";

const RELATED = { id: "related", name: "You may also like" };

export function productPage(product: Product, shop: Shop, visit: Visit): Page {
  const crumbs = [
    { name: "Home", path: "/" },
    { name: categoryName(product.category), path: `/c/${product.category}` },
    { name: product.name, path: `/p/${product.model}` },
  ];
  const related = relatedTo(product, shop);
  const path = `/p/${product.model}`;
  return {
    kind: "page",
    title: `${product.name}, ${product.brand}`,
    description: product.description,
    body: html`${breadcrumbs(crumbs)}
      <div class="product">
        ${gallery(product)}
        <div class="buy">
          <p class="buy-brand">${product.brand}</p>
          <h1>${product.name}</h1>
          <p class="buy-price">${price(product)}</p>
          <p class="buy-colour">
            <span class="${swatchClass(product.colour)}"></span>${colourName(product.colour)}
          </p>
          <div class="slot-line" data-vitrine-slot="pdp-note"></div>
          ${visit.url.searchParams.get("missing") === "size" && html`<p class="form-error" role="alert">Choose a size that is in stock first.</p>`}
          ${buyForm(product, shop)} ${saveForm(product, visit.saved.includes(product.model), path)}
          <div class="slot-line" data-vitrine-slot="pdp-store" data-vitrine-live></div>
          ${details(product)}
        </div>
      </div>
      <section class="band" aria-labelledby="related">
        <div class="band-head"><h2 id="related">You may also like</h2></div>
        ${productGrid(related, { list: RELATED, saved: visit.saved, backTo: path, level: 3 })}
      </section>`,
    data: {
      pageType: "product",
      events: [
        {
          event: "view_item",
          ecommerce: { currency: CURRENCY, value: product.price, items: [itemOf(product)] },
        },
        listEvent(RELATED, related),
        ...flashEvents(visit.flash),
      ],
    },
    jsonLd: [productGroup(product, shop, visit.url.origin), breadcrumbList(crumbs, visit.url.origin)],
  };
}

function gallery({ model, name, material, colour }: Product): Html {
  const wash = MATERIALS[material]?.adjective ?? material;
  return html`<div class="gallery" role="group" aria-label="Pictures" tabindex="0">
    <img
      class="gallery-main"
      src="/images/${model}.svg"
      width="600"
      height="750"
      alt="${name} in ${colourName(colour).toLowerCase()}"
      fetchpriority="high"
    />
    <img src="/images/${model}-detail.svg" width="600" height="750" alt="${name}, closer" loading="lazy" />
    <img
      src="/images/${model}-fabric.svg"
      width="600"
      height="750"
      alt="The ${wash} up close"
      loading="lazy"
    />
  </div>`;
}

function buyForm(product: Product, shop: Shop): Html {
  const isLeft = sizesOf(product).some((size) => shop.stock(product.model, size) > 0);
  const button = isLeft
    ? html`<button class="button button-wide">Add to bag</button>`
    : html`<p class="form-error">Sold out in every size.</p>`;
  return html`<form class="buy-form" method="post" action="/cart/add">
    <input type="hidden" name="model" value="${product.model}" />
    ${sizeControl(product, shop)} ${stockNote(product, shop)} ${button}
  </form>`;
}

function stockNote(product: Product, shop: Shop): Html {
  const sizes = sizesOf(product);
  const gone = sizes.filter((size) => shop.stock(product.model, size) === 0);
  const text =
    gone.length === 0
      ? "All sizes in stock. Ships in 1–2 days."
      : `In stock, ships in 1–2 days. Sold out: ${gone.join(", ")}.`;
  return html`<p class="stock">
    ${gone.length === sizes.length ? "" : text} <a href="/help#sizes">Size guide</a>
  </p>`;
}

function saveForm(product: Product, isSaved: boolean, path: string): Html {
  return html`<form class="save-form" method="post" action="/saved">
    <input type="hidden" name="model" value="${product.model}" /><input
      type="hidden"
      name="back"
      value="${path}"
    />
    <button class="button-plain" aria-pressed="${String(isSaved)}">
      ${icon("heart")}${isSaved ? "Saved" : "Save for later"}
    </button>
  </form>`;
}

function details(product: Product): Html {
  const material = MATERIALS[product.material];
  return html`<div class="details">
    <p class="lead">${product.description}</p>
    <details>
      <summary>Material and care</summary>
      <p>${material?.composition ?? product.material}. ${material?.care ?? ""}</p>
    </details>
    <details>
      <summary>Delivery and returns</summary>
      <p>
        Standard delivery in 3–5 days, free over ${dollars(FREE_DELIVERY_FROM)}. Pay when it arrives. Free
        returns within 30 days.
      </p>
    </details>
    <p class="article">Article ${product.model}</p>
  </div>`;
}

/** The nearest in cut and price of the same department. */
function relatedTo(product: Product, shop: Shop): Product[] {
  const distance = (other: Product): number =>
    (other.cut === product.cut ? 0 : 12) +
    (other.colour === product.colour ? 6 : 0) +
    Math.abs(other.price - product.price);
  return shop
    .inCategory(product.category)
    .filter(({ model }) => model !== product.model)
    .toSorted((a, b) => distance(a) - distance(b))
    .slice(0, 4);
}
