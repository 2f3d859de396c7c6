import type { Services } from "../services.ts";
import type { Article, ArticleSize, Refusal, StockLevel } from "./article.ts";
import { createCatalogueStore } from "./catalogueStore.ts";
import { isRefusal } from "./readArticle.ts";
import { createStockStore } from "./stockStore.ts";

/** Articles a site may have. */
const MAX_ARTICLES = 200_000;

/** A size with what a store has of it; `at` says how old that is. Both null where the store never said. */
export type SizeInStore = ArticleSize & { stock: number | null; at: number | null };

/** An article with what a store has of it. */
export interface ListedArticle {
  article: Omit<Article, "sizes">;
  sizes: SizeInStore[];
}

/** What a kiosk shows of a scanned label. */
export interface ArticleInStore extends ListedArticle {
  /** The size the code stands for; null for a code of the whole article. */
  size: string | null;
  store: string;
}

/** The catalogue and its stock. */
export interface Catalogue {
  /** Keeps what is good, durably; names what is not. */
  putArticles(
    siteId: string,
    entries: readonly (Article | Refusal)[],
  ): { stored: number; refused: Refusal[] };
  /** As above; `older` counts levels for which a newer one was known. */
  putStock(
    siteId: string,
    feed: { store: string; at: number; entries: readonly (StockLevel | Refusal)[] },
  ): { stored: number; older: number; refused: Refusal[] };
  /** Finds an article by GTIN or SKU and says what a store has of it. */
  find(siteId: string, store: string, code: string): ArticleInStore | undefined;
  /** How many articles a site has. */
  count(siteId: string): number;
  /** Articles in the order of their SKUs, those behind `after`, with what a store has of them. */
  list(siteId: string, store: string, after: string, limit: number): ListedArticle[];
}

/** Opens the catalogue. */
export function createCatalogue({ database, clock }: Services): Catalogue {
  const articles = createCatalogueStore(database);
  const stock = createStockStore(database);

  const putArticle = (siteId: string, article: Article, at: number): Omit<Refusal, "index"> | undefined => {
    const { sku } = article;
    if (!articles.has(siteId, sku) && articles.count(siteId) >= MAX_ARTICLES)
      return { sku, code: "full", detail: `A site may have ${MAX_ARTICLES} articles.` };
    const taken = articles.put(siteId, article, at);
    if (taken === undefined) return undefined;
    return { sku, code: "taken", detail: `Another article has the code ${taken}; change that one first.` };
  };

  const inStore = (siteId: string, store: string, { sizes, ...article }: Article): ListedArticle => ({
    article,
    sizes: sizes.map((size) => {
      const level = stock.read(siteId, store, size.sku);
      return { ...size, stock: level?.quantity ?? null, at: level?.at ?? null };
    }),
  });

  return {
    putArticles: (siteId, entries) =>
      database.transaction(() => {
        const refused: Refusal[] = [];
        for (const [index, entry] of entries.entries()) {
          const refusal = isRefusal(entry) ? entry : putArticle(siteId, entry, clock());
          if (refusal) refused.push({ index, ...refusal });
        }
        return { stored: entries.length - refused.length, refused };
      }),
    putStock: (siteId, { store, at, entries }) =>
      database.transaction(() => {
        const refused: Refusal[] = [];
        let older = 0;
        for (const [index, entry] of entries.entries()) {
          if (isRefusal(entry)) refused.push(entry);
          else if (!articles.has(siteId, entry.sku)) refused.push(unknownSku(index, entry.sku));
          else if (!stock.put(siteId, store, entry, at)) older++;
        }
        return { stored: entries.length - refused.length - older, older, refused };
      }),
    find(siteId, store, code) {
      const found = articles.find(siteId, code);
      if (!found) return undefined;
      const { article, sizes } = inStore(siteId, store, found.article);
      const scanned = sizes.find(({ size }) => size === found.size);
      return {
        article: { ...article, gtin: scanned?.gtin ?? article.gtin },
        size: found.size,
        sizes,
        store,
      };
    },
    count: (siteId) => articles.count(siteId),
    list: (siteId, store, after, limit) =>
      articles.list(siteId, after, limit).map((article) => inStore(siteId, store, article)),
  };
}

const unknownSku = (index: number, sku: string): Refusal => ({
  index,
  sku,
  code: "unknown_sku",
  detail: "No article or size has this SKU; send the catalogue first.",
});
