import type { Migration } from "../stores/migration.ts";

/** What shoppers at kiosks asked the staff for; rows go an hour after they came. */
export const REQUEST_MIGRATIONS: readonly Migration[] = [
  {
    name: "requests-1",
    up: `
      CREATE TABLE staff_requests (
        site_id TEXT NOT NULL, request_id TEXT NOT NULL, kiosk_id TEXT NOT NULL, kiosk TEXT NOT NULL, store TEXT NOT NULL,
        sku TEXT NOT NULL, name TEXT NOT NULL, image_url TEXT, size TEXT NOT NULL, state TEXT NOT NULL, at INTEGER NOT NULL,
        PRIMARY KEY (site_id, request_id)
      ) STRICT, WITHOUT ROWID;
      CREATE UNIQUE INDEX staff_requests_open ON staff_requests (site_id, kiosk_id, sku, size) WHERE state = 'open';
      CREATE INDEX staff_requests_by_time ON staff_requests (site_id, at);
    `,
  },
];
