import type { Migration } from "../stores/migration.ts";

/** What waits for a phone. Tokens are kept as hashes; the parts themselves are files, and sealed before they come here. */
export const HANDOFF_MIGRATIONS: readonly Migration[] = [
  {
    name: "handoff-1",
    up: `
      CREATE TABLE handoffs (
        handoff_id TEXT PRIMARY KEY, site_id TEXT NOT NULL, kiosk_id TEXT NOT NULL, token_hash TEXT NOT NULL UNIQUE,
        capability_hash TEXT, parts TEXT NOT NULL, bytes INTEGER NOT NULL, until INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX handoffs_by_time ON handoffs (until);
    `,
  },
];
