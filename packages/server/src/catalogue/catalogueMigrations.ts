import type { Migration } from "../stores/migration.ts";

/** Tables of the catalogue and of what each store has of it. `code` is `g:` and a GTIN of 14 digits, or `s:` and a SKU. */
export const CATALOGUE_MIGRATIONS: readonly Migration[] = [
  {
    name: "catalogue-1",
    up: `
      CREATE TABLE articles (
        site_id TEXT NOT NULL, sku TEXT NOT NULL, body TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (site_id, sku)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE article_codes (
        site_id TEXT NOT NULL, code TEXT NOT NULL, sku TEXT NOT NULL, size_sku TEXT, PRIMARY KEY (site_id, code)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX article_codes_by_article ON article_codes (site_id, sku);

      CREATE TABLE stock (
        site_id TEXT NOT NULL, store TEXT NOT NULL, sku TEXT NOT NULL, quantity INTEGER NOT NULL, at INTEGER NOT NULL,
        PRIMARY KEY (site_id, store, sku)
      ) STRICT, WITHOUT ROWID;
    `,
  },
];
