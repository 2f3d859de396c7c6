import type { Database } from "../stores/database.ts";

/** What is known of one hand-off. */
export interface Handoff {
  id: string;
  siteId: string;
  kioskId: string;
  /** Hash of the capability of the phone that opened it; null while none did. */
  capabilityHash: string | null;
  /** Bytes of each part, in order. */
  parts: number[];
  /** ms since 1970: its end. */
  until: number;
}

/** The rows of hand-offs. Single statements, each durable. */
export interface HandoffStore {
  insert(handoff: Handoff, tokenHash: string): void;
  byId(id: string): Handoff | undefined;
  byToken(tokenHash: string): Handoff | undefined;
  /** Gives it to a phone. @returns true for the first one only. */
  claim(id: string, capabilityHash: string): boolean;
  remove(id: string): boolean;
  /** Ids of those whose time is over. */
  ended(now: number): string[];
  ids(): string[];
  /** How many a kiosk has waiting, and the bytes of all. */
  load(kioskId: string): { waiting: number; bytes: number };
}

interface Row {
  handoff_id: string;
  site_id: string;
  kiosk_id: string;
  capability_hash: string | null;
  parts: string;
  until: number;
}

/** Opens the store. */
export function createHandoffStore({ sql }: Database): HandoffStore {
  const one = (where: string, value: string): Handoff | undefined => {
    const row = sql(`SELECT * FROM handoffs WHERE ${where} = ?`).get(value) as Row | undefined;
    return row && handoffOf(row);
  };
  return {
    insert({ id, siteId, kioskId, parts, until }, tokenHash) {
      const bytes = parts.reduce((a, b) => a + b, 0);
      sql(
        "INSERT INTO handoffs (handoff_id, site_id, kiosk_id, token_hash, parts, bytes, until) VALUES (?, ?, ?, ?, ?, ?, ?)",
      ).run(id, siteId, kioskId, tokenHash, JSON.stringify(parts), bytes, until);
    },
    byId: (id) => one("handoff_id", id),
    byToken: (tokenHash) => one("token_hash", tokenHash),
    claim: (id, capabilityHash) =>
      sql("UPDATE handoffs SET capability_hash = ? WHERE handoff_id = ? AND capability_hash IS NULL").run(
        capabilityHash,
        id,
      ).changes === 1,
    remove: (id) => sql("DELETE FROM handoffs WHERE handoff_id = ?").run(id).changes === 1,
    ended: (now) => idsOf(sql("SELECT handoff_id FROM handoffs WHERE until <= ?").all(now)),
    ids: () => idsOf(sql("SELECT handoff_id FROM handoffs").all()),
    load(kioskId) {
      const all = sql("SELECT COALESCE(SUM(bytes), 0) AS bytes FROM handoffs").get()!;
      const own = sql("SELECT COUNT(*) AS n FROM handoffs WHERE kiosk_id = ?").get(kioskId)!;
      return { waiting: Number(own.n), bytes: Number(all.bytes) };
    },
  };
}

const idsOf = (rows: Record<string, unknown>[]) => rows.map((row) => row.handoff_id as string);

function handoffOf(row: Row): Handoff {
  return {
    id: row.handoff_id,
    siteId: row.site_id,
    kioskId: row.kiosk_id,
    capabilityHash: row.capability_hash,
    parts: JSON.parse(row.parts) as number[],
    until: row.until,
  };
}
