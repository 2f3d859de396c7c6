import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { Migration } from "./migration.ts";

/** The embedded database: one file, one writer, everything synchronous. */
export interface Database {
  readonly raw: DatabaseSync;
  /** A prepared statement, kept by its text. */
  readonly sql: (text: string) => StatementSync;
  /**
   * Runs `work` in a transaction; durable when it returns. Nested calls join the outer one.
   * Throws what `work` or COMMIT throws, after rolling back.
   */
  readonly transaction: <T>(work: () => T) => T;
  close(): void;
}

/** Opens (or creates) the file and brings it to the newest schema. */
export function openDatabase(path: string, migrations: readonly Migration[]): Database {
  const raw = new DatabaseSync(path);
  // FULL: COMMIT returns after the WAL was flushed, so an answer sent then survives a power cut.
  raw.exec(
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 2000",
  );
  raw.exec("PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4000");
  const statements = new Map<string, StatementSync>();
  const sql = (text: string): StatementSync => {
    let statement = statements.get(text);
    if (!statement) statements.set(text, (statement = raw.prepare(text)));
    return statement;
  };
  const transaction = <T>(work: () => T): T => {
    if (raw.isTransaction) return work();
    sql("BEGIN IMMEDIATE").run();
    try {
      const result = work();
      sql("COMMIT").run();
      return result;
    } catch (error) {
      // After a failed COMMIT on a full disk SQLite may have rolled back by itself.
      if (raw.isTransaction) sql("ROLLBACK").run();
      throw error;
    }
  };
  const database: Database = { raw, sql, transaction, close: () => raw.close() };
  migrate(database, migrations);
  return database;
}

function migrate({ raw, sql, transaction }: Database, migrations: readonly Migration[]): void {
  raw.exec("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY) STRICT");
  for (const { name, up } of migrations) {
    transaction(() => {
      if (sql("INSERT OR IGNORE INTO migrations (name) VALUES (?)").run(name).changes === 1) raw.exec(up);
    });
  }
}
