import type { Migration } from "../stores/migration.ts";

/** Tables of the console: login links and sessions, by hash, so that a stolen file opens nothing. */
export const CONSOLE_MIGRATIONS: readonly Migration[] = [
  {
    name: "console-1",
    up: `
      CREATE TABLE console_links (
        hash TEXT PRIMARY KEY, site_id TEXT NOT NULL, key_id TEXT NOT NULL, expires_at INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE console_sessions (
        hash TEXT PRIMARY KEY, site_id TEXT NOT NULL, key_id TEXT NOT NULL, created_at INTEGER NOT NULL,
        seen_at INTEGER NOT NULL
      ) STRICT;
    `,
  },
];
