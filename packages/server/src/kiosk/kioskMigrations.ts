import type { Migration } from "../stores/migration.ts";

/**
 * Tables of the kiosks. Enrolment codes are kept by hash, so that a stolen file opens nothing; pairing codes and leases
 * are in no table at all.
 */
export const KIOSK_MIGRATIONS: readonly Migration[] = [
  {
    name: "kiosk-1",
    up: `
      -- key_id: of the key it came in with; null while it waits. heartbeat: the newest one, JSON.
      CREATE TABLE kiosks (
        kiosk_id TEXT PRIMARY KEY, site_id TEXT NOT NULL, name TEXT NOT NULL, store TEXT NOT NULL, key_id TEXT UNIQUE,
        created_at INTEGER NOT NULL, enrolled_at INTEGER, heartbeat TEXT, heartbeat_at INTEGER
      ) STRICT;
      CREATE INDEX kiosks_by_site ON kiosks (site_id, created_at);

      CREATE TABLE kiosk_codes (
        hash TEXT PRIMARY KEY, kiosk_id TEXT NOT NULL REFERENCES kiosks ON DELETE CASCADE, expires_at INTEGER NOT NULL
      ) STRICT;

      -- What a kiosk was told and has not yet reported as done.
      CREATE TABLE kiosk_commands (
        command_id TEXT PRIMARY KEY, kiosk_id TEXT NOT NULL REFERENCES kiosks ON DELETE CASCADE, kind TEXT NOT NULL,
        at INTEGER NOT NULL, by TEXT NOT NULL, UNIQUE (kiosk_id, kind)
      ) STRICT;
    `,
  },
];
