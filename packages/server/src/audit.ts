import { createHash } from "node:crypto";
import type { Json, JsonObject } from "@vitrine/core";
import type { Database } from "./stores/database.ts";

/** One change somebody made: who, what, to what. No personal data. */
export interface AuditEntry {
  id: number;
  siteId: string;
  /** ms since 1970. */
  at: number;
  /** Key id of who did it, or `system`. */
  by: string;
  /** Such as `rules.publish`, `key.revoke`, `join.undo`. */
  action: string;
  details: JsonObject;
  /** SHA-256 over the entry before it and this one, base64url. */
  hash: string;
}

/** The audit log of all sites, chained by hash: no entry can be changed or taken out unseen. */
export interface Audit {
  /** Appends, inside the caller's transaction if there is one. */
  append(entry: { siteId: string; by: string; action: string; details?: JsonObject }): AuditEntry;
  /** Newest first; `before` is an entry id. */
  list(siteId: string, page?: { before?: number; limit?: number }): AuditEntry[];
  /** @returns the id of the first entry that does not fit the chain, or null. */
  verify(): number | null;
}

interface AuditRow {
  audit_id: number;
  site_id: string;
  at: number;
  by: string;
  action: string;
  details: string;
  hash: string;
}

/** Creates the audit log. */
export function createAudit(database: Database, clock: () => number): Audit {
  const { sql, transaction } = database;
  const last = () =>
    sql("SELECT hash FROM audit ORDER BY audit_id DESC LIMIT 1").get() as { hash: string } | undefined;
  return {
    append({ siteId, by, action, details = {} }) {
      return transaction(() => {
        const row = { site_id: siteId, at: clock(), by, action, details: JSON.stringify(details) };
        const hash = chain(last()?.hash ?? "", row);
        const insert = "INSERT INTO audit (site_id, at, by, action, details, hash) VALUES (?, ?, ?, ?, ?, ?)";
        const { lastInsertRowid } = sql(insert).run(siteId, row.at, by, action, row.details, hash);
        return { id: Number(lastInsertRowid), siteId, at: row.at, by, action, details, hash };
      });
    },
    list(siteId, { before = Number.MAX_SAFE_INTEGER, limit = 100 } = {}) {
      const select = "SELECT * FROM audit WHERE site_id = ? AND audit_id < ? ORDER BY audit_id DESC LIMIT ?";
      return (sql(select).all(siteId, before, limit) as unknown as AuditRow[]).map(entryOf);
    },
    verify() {
      let hash = "";
      for (const row of sql("SELECT * FROM audit ORDER BY audit_id").iterate() as Iterable<unknown>) {
        const { audit_id, ...rest } = row as AuditRow;
        hash = chain(hash, rest);
        if (hash !== rest.hash) return audit_id;
      }
      return null;
    },
  };
}

function chain(before: string, row: Omit<AuditRow, "audit_id" | "hash">): string {
  const link: Json = [before, row.site_id, row.at, row.by, row.action, row.details];
  return createHash("sha256").update(JSON.stringify(link)).digest("base64url");
}

function entryOf(row: AuditRow): AuditEntry {
  const { audit_id: id, site_id: siteId, at, by, action, hash } = row;
  return { id, siteId, at, by, action, hash, details: JSON.parse(row.details) as JsonObject };
}
