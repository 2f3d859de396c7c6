import type { Migration } from "../stores/migration.ts";

/** Tables of experiments: who was first shown which variant of a rule's version, and when; what each answered to which survey. */
export const EXPERIMENT_MIGRATIONS: readonly Migration[] = [
  {
    name: "experiments-1",
    up: `
      CREATE TABLE exposures (
        site_id TEXT NOT NULL, identity TEXT NOT NULL, rule TEXT NOT NULL, version INTEGER NOT NULL, variant TEXT NOT NULL,
        at INTEGER NOT NULL, PRIMARY KEY (site_id, identity, rule, version)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX exposures_by_rule ON exposures (site_id, rule, identity);
    `,
  },
  {
    name: "experiments-2",
    up: `
      CREATE TABLE survey_answers (
        site_id TEXT NOT NULL, survey TEXT NOT NULL, identity TEXT NOT NULL, score INTEGER NOT NULL, at INTEGER NOT NULL,
        PRIMARY KEY (site_id, survey, identity)
      ) STRICT, WITHOUT ROWID;
    `,
  },
];
