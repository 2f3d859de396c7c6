import type { Database } from "./database.ts";

/** One log row, its body still encoded. */
export interface LogRow {
  batchId: number;
  siteId: string;
  identity: string;
  receivedAt: number;
  /** Events in it. */
  count: number;
  body: string | Uint8Array;
}

/** The log: what came, for good. */
export interface LogStore {
  /** @returns the batch id, larger than any before. */
  append(row: Omit<LogRow, "batchId">): number;
  /** Rows of one identity after a batch, oldest first. */
  after(siteId: string, identity: string, batchId: number): Iterable<LogRow>;
  /** Rows of one identity before a batch, newest first. */
  before(siteId: string, identity: string, batchId: number, limit: number): LogRow[];
  /** Rows of all identities before a batch, newest first. */
  newest(siteId: string, before: number, limit: number): LogRow[];
  /** Identities with rows after a batch. */
  identitiesAfter(batchId: number): { siteId: string; identity: string }[];
  lastBatchId(): number;
  /** Forgets all rows of an identity. */
  erase(siteId: string, identity: string): void;
  /** Forgets rows that are older than a time and contained in folds (up to `batchId`). @returns how many. */
  prune(olderThan: number, batchId: number): number;
}

const COLUMNS = "batch_id AS batchId, site_id AS siteId, identity, received_at AS receivedAt, count, body";

/** Creates the log on SQLite. */
export function createLogStore({ sql }: Database): LogStore {
  const append = sql("INSERT INTO log (site_id, identity, received_at, count, body) VALUES (?, ?, ?, ?, ?)");
  const select = (where: string) => sql(`SELECT ${COLUMNS} FROM log WHERE ${where}`);
  return {
    append: ({ siteId, identity, receivedAt, count, body }) =>
      Number(append.run(siteId, identity, receivedAt, count, body).lastInsertRowid),
    after: (siteId, identity, batchId) =>
      select("site_id = ? AND identity = ? AND batch_id > ? ORDER BY batch_id").all(
        siteId,
        identity,
        batchId,
      ) as never,
    before: (siteId, identity, batchId, limit) =>
      select("site_id = ? AND identity = ? AND batch_id < ? ORDER BY batch_id DESC LIMIT ?").all(
        siteId,
        identity,
        batchId,
        limit,
      ) as never,
    newest: (siteId, before, limit) =>
      select("site_id = ? AND batch_id < ? ORDER BY batch_id DESC LIMIT ?").all(
        siteId,
        before,
        limit,
      ) as never,
    identitiesAfter: (batchId) =>
      sql("SELECT DISTINCT site_id AS siteId, identity FROM log WHERE batch_id > ?").all(batchId) as never,
    lastBatchId: () => Number(sql("SELECT max(batch_id) AS id FROM log").get()?.id ?? 0),
    erase: (siteId, identity) =>
      void sql("DELETE FROM log WHERE site_id = ? AND identity = ?").run(siteId, identity),
    prune: (olderThan, batchId) =>
      Number(sql("DELETE FROM log WHERE received_at < ? AND batch_id <= ?").run(olderThan, batchId).changes),
  };
}
