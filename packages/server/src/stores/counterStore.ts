import type { Database } from "./database.ts";

/** Totals of a site, exact: they change in the transaction that they count. */
export interface CounterStore {
  add(siteId: string, name: string, value: number): void;
  all(siteId: string): Record<string, number>;
}

/** Creates the counters on SQLite. */
export function createCounterStore({ sql }: Database): CounterStore {
  const upsert = sql(`
    INSERT INTO counters (site_id, name, value) VALUES (?, ?, ?)
    ON CONFLICT (site_id, name) DO UPDATE SET value = value + excluded.value`);
  return {
    add: (siteId, name, value) => void upsert.run(siteId, name, value),
    all: (siteId) =>
      Object.fromEntries(
        sql("SELECT name, value FROM counters WHERE site_id = ?")
          .all(siteId)
          .map((row) => [row.name as string, Number(row.value)]),
      ),
  };
}
