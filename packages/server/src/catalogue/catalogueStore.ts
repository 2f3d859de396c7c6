import type { Database } from "../stores/database.ts";
import type { Article } from "./article.ts";
import { normaliseGtin } from "./gtin.ts";

/** The catalogue of all sites. Callers bring the transaction. */
export interface CatalogueStore {
  /** Adds or replaces an article. @returns the code that another article has, if that is why it was not taken. */
  put(siteId: string, article: Article, at: number): string | undefined;
  /** Finds an article by GTIN (any length) or SKU, of itself or of a size. */
  find(siteId: string, code: string): { article: Article; size: string | null } | undefined;
  /** Articles in the order of their SKUs, those behind `after`. */
  list(siteId: string, after: string, limit: number): Article[];
  /** True for the SKU of an article or of a size. */
  has(siteId: string, sku: string): boolean;
  count(siteId: string): number;
}

/** Opens the store. */
export function createCatalogueStore({ sql }: Database): CatalogueStore {
  const read = (siteId: string, code: string) =>
    sql("SELECT sku, size_sku FROM article_codes WHERE site_id = ? AND code = ?").get(siteId, code) as
      | { sku: string; size_sku: string | null }
      | undefined;
  const isTaken = (siteId: string, code: string, sku: string) => (read(siteId, code)?.sku ?? sku) !== sku;
  return {
    put(siteId, article, at) {
      const codes = codesOf(article);
      const taken = [...codes.keys()].find((code) => isTaken(siteId, code, article.sku));
      if (taken !== undefined) return taken.slice(2);
      sql("DELETE FROM article_codes WHERE site_id = ? AND sku = ?").run(siteId, article.sku);
      const insert = sql("INSERT INTO article_codes (site_id, code, sku, size_sku) VALUES (?, ?, ?, ?)");
      for (const [code, sizeSku] of codes) insert.run(siteId, code, article.sku, sizeSku);
      sql(
        "INSERT INTO articles (site_id, sku, body, at) VALUES (?, ?, ?, ?) ON CONFLICT (site_id, sku) DO UPDATE SET body = excluded.body, at = excluded.at",
      ).run(siteId, article.sku, JSON.stringify(article), at);
      return undefined;
    },
    find(siteId, code) {
      const gtin = normaliseGtin(code);
      const found = (gtin === undefined ? undefined : read(siteId, `g:${gtin}`)) ?? read(siteId, `s:${code}`);
      if (!found) return undefined;
      const row = sql("SELECT body FROM articles WHERE site_id = ? AND sku = ?").get(siteId, found.sku) as {
        body: string;
      };
      const article = articleOf(row);
      return { article, size: article.sizes.find(({ sku }) => sku === found.size_sku)?.size ?? null };
    },
    list: (siteId, after, limit) =>
      (
        sql("SELECT body FROM articles WHERE site_id = ? AND sku > ? ORDER BY sku LIMIT ?").all(
          siteId,
          after,
          limit,
        ) as { body: string }[]
      ).map(articleOf),
    has: (siteId, sku) => read(siteId, `s:${sku}`) !== undefined,
    count: (siteId) => Number(sql("SELECT COUNT(*) AS n FROM articles WHERE site_id = ?").get(siteId)!.n),
  };
}

/** What its sizes mean, of an article that was stored before a feed could say so. */
const NOT_SAID = { size_group: null, size_system: null, department: null };

const articleOf = ({ body }: { body: string }): Article => ({
  ...NOT_SAID,
  ...(JSON.parse(body) as Omit<Article, keyof typeof NOT_SAID>),
});

/** Every code by which an article is found, with the SKU of the size it means; a size's own code is the stronger one. */
function codesOf({ sku, gtin, sizes }: Article): Map<string, string | null> {
  const codes = new Map<string, string | null>([[`s:${sku}`, null]]);
  if (gtin !== null) codes.set(`g:${gtin}`, null);
  for (const size of sizes) {
    codes.set(`s:${size.sku}`, size.sku);
    if (size.gtin !== null) codes.set(`g:${size.gtin}`, size.sku);
  }
  return codes;
}
