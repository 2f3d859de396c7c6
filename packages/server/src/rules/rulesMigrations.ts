import type { Migration } from "../stores/migration.ts";

/**
 * Tables of rulesets. A published version is never changed: `content` is what the merchant wrote, `payload` what
 * publishing made of it and signed.
 */
export const RULES_MIGRATIONS: readonly Migration[] = [
  {
    name: "rules-1",
    up: `
      CREATE TABLE rulesets (
        site_id TEXT NOT NULL, version INTEGER NOT NULL, content TEXT NOT NULL, payload TEXT NOT NULL, signature TEXT NOT NULL, kid TEXT NOT NULL,
        not_after INTEGER NOT NULL, rule_count INTEGER NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL, note TEXT,
        PRIMARY KEY (site_id, version)
      ) STRICT;

      CREATE TABLE rule_drafts (
        site_id TEXT PRIMARY KEY, content TEXT NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL
      ) STRICT;
    `,
  },
  {
    name: "rules-2",
    up: `
      CREATE TABLE rule_settings (site_id TEXT PRIMARY KEY, needs_review INTEGER NOT NULL) STRICT;
    `,
  },
];
