import type { Database } from "../stores/database.ts";
import type { StockLevel } from "./article.ts";

/** What each store has, as it last said. Callers bring the transaction. */
export interface StockStore {
  /** Notes a level. @returns false when a newer one is known, which stays. */
  put(siteId: string, store: string, level: StockLevel, at: number): boolean;
  /** `at`: when the store said so, ms since 1970. Undefined where it never did. */
  read(siteId: string, store: string, sku: string): { quantity: number; at: number } | undefined;
}

/** Opens the store. */
export function createStockStore({ sql }: Database): StockStore {
  return {
    put(siteId, store, { sku, quantity }, at) {
      const upsert = `INSERT INTO stock (site_id, store, sku, quantity, at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (site_id, store, sku) DO UPDATE SET quantity = excluded.quantity, at = excluded.at
        WHERE stock.at <= excluded.at`;
      return sql(upsert).run(siteId, store, sku, quantity, at).changes === 1;
    },
    read: (siteId, store, sku) =>
      sql("SELECT quantity, at FROM stock WHERE site_id = ? AND store = ? AND sku = ?").get(
        siteId,
        store,
        sku,
      ) as { quantity: number; at: number } | undefined,
  };
}
