import { sizesOf } from "../../catalogue/sizes.ts";
import { hash } from "../../catalogue/hash.ts";
import type { Category, Product } from "../../catalogue/Product.ts";
import { categoryName } from "../colourName.ts";
import { breadcrumbs, productGrid } from "../components.ts";
import { type Html, html, raw } from "../html.ts";
import { type DataLayerEvent, listEvent } from "../pageData.ts";
import type { Page } from "../Reply.ts";
import type { Shop } from "../Shop.ts";
import { breadcrumbList, itemList } from "../structuredData.ts";
import type { Visit } from "../Visit.ts";

const PER_PAGE = 24;
const SORTS: Readonly<Record<string, { name: string; compare: (a: Product, b: Product) => number }>> = {
  popular: { name: "Most loved", compare: (a, b) => b.clicks - a.clicks },
  new: { name: "New in", compare: (a, b) => hash(`${a.model}/new`) - hash(`${b.model}/new`) },
  "price-up": { name: "Price, low to high", compare: (a, b) => a.price - b.price || b.clicks - a.clicks },
  "price-down": { name: "Price, high to low", compare: (a, b) => b.price - a.price || b.clicks - a.clicks },
};
const INTRO: Readonly<Record<Category, string>> = {
  trousers: "Wide, straight, tapered, flared: cut to be lived in, with waists that allow for lunch.",
  skirts: "From the knee to the floor, in pleats, tiers and plain good cloth.",
  blouses: "Shirts, ties, puffs and fine knits for everything above the belt.",
  shoes: "Eight lasts and nine shoes by one shoemaker, resoled when you ask.",
  sale: "Last sizes of past seasons. What is here is all there is.",
};

export function listingPage(category: Category, shop: Shop, visit: Visit): Page {
  const query = readQuery(visit.url);
  const all = shop.inCategory(category);
  const matching = all
    .filter(
      (product) =>
        !query.size || (sizesOf(product).includes(query.size) && shop.stock(product.model, query.size) > 0),
    )
    .toSorted(SORTS[query.sort]?.compare);
  const pages = Math.max(1, Math.ceil(matching.length / PER_PAGE));
  const page = Math.min(query.page, pages);
  const shown = matching.slice((page - 1) * PER_PAGE, page * PER_PAGE);
  const list = { id: category, name: categoryName(category) };
  const crumbs = [
    { name: "Home", path: "/" },
    { name: list.name, path: `/c/${category}` },
  ];
  const backTo = visit.url.pathname + visit.url.search;
  return {
    kind: "page",
    title: page > 1 ? `${list.name}, page ${page}` : list.name,
    description: INTRO[category],
    body: html`${breadcrumbs(crumbs)}
      <div class="listing-head">
        <h1>${list.name}</h1>
        <p>${INTRO[category]}</p>
      </div>
      ${filterForm(category, all, query)}
      <p class="listing-count" role="status">
        ${matching.length}
        ${matching.length === 1 ? "style" : "styles"}${query.size && ` in size ${query.size}`}${query.size && html` · <a href="/c/${category}">show all sizes</a>`}
      </p>
      ${shown.length ? productGrid(shown, { list, saved: visit.saved, backTo, eager: 4 }) : nothingHere(category, query.size)}
      ${pagination(visit.url, page, pages)}`,
    data: {
      pageType: "category",
      events: [
        listEvent(list, shown, (page - 1) * PER_PAGE),
        ...filterEvents(category, query.size, matching),
      ],
    },
    jsonLd: [breadcrumbList(crumbs, visit.url.origin), itemList(list.name, shown, visit.url.origin)],
  };
}

interface Query {
  sort: string;
  size: string;
  page: number;
}

function readQuery({ searchParams }: URL): Query {
  const sort = searchParams.get("sort") ?? "";
  const size = searchParams.get("size") ?? "";
  return {
    sort: Object.hasOwn(SORTS, sort) ? sort : "popular",
    size: /^[A-Z0-9]{1,4}$/.test(size) ? size : "",
    page: Math.max(1, Math.min(99, Number.parseInt(searchParams.get("page") ?? "1", 10) || 1)),
  };
}

function filterForm(category: Category, products: readonly Product[], { sort, size }: Query): Html {
  const systems = new Map(products.map((product) => [product.sizeSystem, sizesOf(product)]));
  const labels = [...systems.values()].flat();
  return html`<form class="filters" action="/c/${category}" data-filters>
    <div class="filter" ${sizeMark(products)}>
      <label for="filter-size">Size</label
      ><select id="filter-size" name="size">
        ${option("", "All sizes", size)}${labels.map((label) => option(label, label, size))}
      </select>
    </div>
    <div class="filter">
      <label for="filter-sort">Sort by</label
      ><select id="filter-sort" name="sort">
        ${Object.entries(SORTS).map(([value, { name }]) => option(value, name, sort))}
      </select>
    </div>
    <button class="button-quiet">Apply</button>
  </form>`;
}

/** What the sizes of a list mean, where all are of one kind: Vitrine may then open it with the usual one. */
function sizeMark(products: readonly Product[]): Html | string {
  const [first] = products;
  if (!first) return "";
  const { sizeSystem, sizeGroup } = first;
  if (products.some((one) => one.sizeSystem !== sizeSystem || one.sizeGroup !== sizeGroup)) return "";
  return raw(
    `data-vitrine-prefill="filters" data-vitrine-submit data-size-system="${sizeSystem}" data-size-group="${sizeGroup}" data-size-department="women"`,
  );
}

function option(value: string, name: string, current: string): Html {
  return html`<option value="${value}" ${value === current ? raw(" selected") : ""}>${name}</option>`;
}

// GA4 has no name for a filter; this is the shop's own event, with what its sizes mean where all that is left agrees.
function filterEvents(category: Category, size: string, matching: readonly Product[]): DataLayerEvent[] {
  const [first] = matching;
  if (!size || !first) return [];
  const { sizeSystem, sizeGroup } = first;
  const isOneKind = matching.every((one) => one.sizeSystem === sizeSystem && one.sizeGroup === sizeGroup);
  const meaning = isOneKind ? { size_system: sizeSystem, size_group: sizeGroup, department: "women" } : {};
  return [{ event: "filter_list", category, filters: [{ type: "size", value: size }], ...meaning }];
}

function nothingHere(category: Category, size: string): Html {
  return html`<div class="empty">
    <p>Nothing left in ${size}. It happens to the best sizes first.</p>
    <p><a class="button" href="/c/${category}">Show all sizes</a></p>
  </div>`;
}

function pagination(url: URL, page: number, pages: number): Html | string {
  if (pages < 2) return "";
  const to = (number: number): string => {
    const next = new URL(url);
    next.searchParams.set("page", String(number));
    return next.pathname + next.search;
  };
  const numbers = Array.from({ length: pages }, (_, index) => index + 1);
  return html`<nav class="pagination" aria-label="Pages">
    <ul role="list">
      ${numbers.map(
        (number) =>
          html`<li>
            <a
              href="${to(number)}"
              aria-label="Page ${number}"
              ${number === page ? raw(' aria-current="page"') : ""}
              >${number}</a
            >
          </li>`,
      )}
    </ul>
  </nav>`;
}
