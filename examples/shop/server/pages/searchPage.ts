import { MATERIALS } from "../../catalogue/materials.ts";
import type { Product } from "../../catalogue/Product.ts";
import { colourName } from "../colourName.ts";
import { productGrid } from "../components.ts";
import { html } from "../html.ts";
import { listEvent } from "../pageData.ts";
import type { Page } from "../Reply.ts";
import type { Shop } from "../Shop.ts";
import type { Visit } from "../Visit.ts";

const RESULTS = { id: "search_results", name: "Search results" };
const MAX_RESULTS = 48;

export function searchPage(shop: Shop, visit: Visit): Page {
  const term = (visit.url.searchParams.get("q") ?? "").trim().slice(0, 80);
  const found = term ? search(shop.products, term).slice(0, MAX_RESULTS) : [];
  const backTo = visit.url.pathname + visit.url.search;
  return {
    kind: "page",
    title: term ? `Results for “${term}”` : "Search",
    isPrivate: true,
    body: html`<div class="listing-head">
        <h1>${term ? `Results for “${term}”` : "Search"}</h1>
        <p role="status">
          ${term ? `${found.length} ${found.length === 1 ? "style" : "styles"}` : "Try a color, a cloth or a cut: “navy linen”, “wrap”."}
        </p>
      </div>
      ${
        term && !found.length
          ? html`<div class="empty">
              <p>Nothing by that name. Try one word less, or a color.</p>
              <p><a class="button" href="/c/blouses">Browse blouses</a></p>
            </div>`
          : ""
      }
      ${found.length ? productGrid(found, { list: RESULTS, saved: visit.saved, backTo, eager: 4 }) : ""}`,
    data: {
      pageType: "search",
      events: term
        ? [
            { event: "view_search_results", search_term: term, results: found.length },
            listEvent(RESULTS, found),
          ]
        : [],
    },
  };
}

/** Products in whose words every word of `term` begins one; a plural is as good as its singular. */
function search(products: readonly Product[], term: string): Product[] {
  const wanted = wordsOf(term).map((word) => word.replace(/s$/, ""));
  return products.filter((product) => {
    const { model, name, brand, category, sizeGroup, material } = product;
    const words = wordsOf(
      [
        model,
        name,
        brand,
        category,
        sizeGroup,
        material,
        MATERIALS[material]?.adjective,
        colourName(product.colour),
      ].join(" "),
    );
    return wanted.every((word) => words.some((candidate) => candidate.startsWith(word)));
  });
}

// "crepe" finds "crêpe".
function wordsOf(text: string): string[] {
  return text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}
