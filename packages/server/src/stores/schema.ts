import type { Migration } from "./migration.ts";

/**
 * Tables of the collector. `site_id, identity` leads every key that a hot statement uses, so that the same
 * statements can be sharded. `identity` is `namespace:id`.
 */
export const COLLECTOR_MIGRATIONS: readonly Migration[] = [
  {
    name: "collector-1",
    up: `
      CREATE TABLE sites (site_id TEXT PRIMARY KEY, hash_key BLOB NOT NULL, created_at INTEGER NOT NULL) STRICT;

      CREATE TABLE keys (
        key_id TEXT PRIMARY KEY, site_id TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, scopes TEXT NOT NULL,
        text TEXT, hash TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, revoked_at INTEGER
      ) STRICT;

      CREATE TABLE audit (
        audit_id INTEGER PRIMARY KEY AUTOINCREMENT, site_id TEXT NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL,
        action TEXT NOT NULL, details TEXT NOT NULL, hash TEXT NOT NULL
      ) STRICT;

      -- One row for each batch and identity. A body above 1 kB is deflated (BLOB), else plain (TEXT).
      CREATE TABLE log (
        batch_id INTEGER PRIMARY KEY AUTOINCREMENT, site_id TEXT NOT NULL, identity TEXT NOT NULL,
        received_at INTEGER NOT NULL, count INTEGER NOT NULL, body ANY NOT NULL
      ) STRICT;
      CREATE INDEX log_by_identity ON log (site_id, identity, batch_id);

      -- Written behind: holds the log up to and including batch_id.
      CREATE TABLE profiles (
        site_id TEXT NOT NULL, identity TEXT NOT NULL, batch_id INTEGER NOT NULL, seen_at INTEGER NOT NULL,
        fold TEXT NOT NULL, received TEXT NOT NULL, PRIMARY KEY (site_id, identity)
      ) STRICT;
      CREATE INDEX profiles_by_time ON profiles (site_id, seen_at);

      CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;

      -- Dedupe of events without a trusted writer.
      CREATE TABLE messages (
        site_id TEXT NOT NULL, identity TEXT NOT NULL, message_id TEXT NOT NULL, received_at INTEGER NOT NULL,
        PRIMARY KEY (site_id, identity, message_id)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE claims (
        site_id TEXT NOT NULL, identity TEXT NOT NULL, claimed TEXT NOT NULL, first_at INTEGER NOT NULL,
        PRIMARY KEY (site_id, identity, claimed)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX claims_by_claimed ON claims (site_id, claimed);

      -- Proven edges; an undone one stays, with its time.
      CREATE TABLE joins (
        join_id INTEGER PRIMARY KEY AUTOINCREMENT, site_id TEXT NOT NULL, a TEXT NOT NULL, b TEXT NOT NULL,
        how TEXT NOT NULL, at INTEGER NOT NULL, undone_at INTEGER
      ) STRICT;
      CREATE INDEX joins_by_a ON joins (site_id, a);
      CREATE INDEX joins_by_b ON joins (site_id, b);

      CREATE TABLE data_keys (
        site_id TEXT NOT NULL, identity TEXT NOT NULL, wrapped BLOB NOT NULL, PRIMARY KEY (site_id, identity)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE contacts (
        site_id TEXT NOT NULL, identity TEXT NOT NULL, kind TEXT NOT NULL, sealed BLOB NOT NULL, at INTEGER NOT NULL,
        PRIMARY KEY (site_id, identity, kind)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE counters (
        site_id TEXT NOT NULL, name TEXT NOT NULL, value INTEGER NOT NULL, PRIMARY KEY (site_id, name)
      ) STRICT, WITHOUT ROWID;
    `,
  },
  {
    name: "collector-2",
    up: "ALTER TABLE profiles ADD COLUMN device TEXT",
  },
];
