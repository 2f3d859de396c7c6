import { productGrid } from "../components.ts";
import { html } from "../html.ts";
import { flashEvents, listEvent } from "../pageData.ts";
import type { Page } from "../Reply.ts";
import type { Shop } from "../Shop.ts";
import type { Visit } from "../Visit.ts";

const SAVED = { id: "saved", name: "Saved" };

export function savedPage(shop: Shop, visit: Visit): Page {
  const products = visit.saved.flatMap((model) => shop.product(model) ?? []);
  return {
    kind: "page",
    title: "Saved",
    isPrivate: true,
    body: html`<div class="listing-head">
        <h1>Saved</h1>
        <p>${products.length ? "Kept here for half a year, on this device." : ""}</p>
      </div>
      ${
        products.length
          ? productGrid(products, { list: SAVED, saved: visit.saved, backTo: "/saved", eager: 4 })
          : html`<div class="empty">
              <p>Nothing saved yet. The heart beside each piece puts it here.</p>
              <p><a class="button" href="/c/skirts">Browse skirts</a></p>
            </div>`
      }`,
    data: {
      pageType: "wishlist",
      events: [...flashEvents(visit.flash), ...(products.length ? [listEvent(SAVED, products)] : [])],
    },
  };
}
