import type { Fold, Received } from "@vitrine/core";
import type { DeviceState, Row } from "../ingest/row.ts";
import type { Database } from "./database.ts";

/** The saved rows of identities: as of a checkpoint, so possibly behind the log. */
export interface RowStore {
  load(siteId: string, identity: string): { row: Row; length: number } | undefined;
  /** @returns the length of the text written. */
  save(siteId: string, identity: string, row: Row): number;
  remove(siteId: string, identity: string): void;
  /** All log rows up to this one are contained in saved rows. */
  floor(): number;
  setFloor(batchId: number): void;
}

/** Creates the row store on SQLite. */
export function createRowStore({ sql }: Database): RowStore {
  const select = sql(
    "SELECT batch_id, seen_at, fold, received, device FROM profiles WHERE site_id = ? AND identity = ?",
  );
  const upsert = sql(`
    INSERT INTO profiles (site_id, identity, batch_id, seen_at, fold, received, device) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (site_id, identity) DO UPDATE SET
      batch_id = excluded.batch_id, seen_at = excluded.seen_at, fold = excluded.fold, received = excluded.received,
      device = excluded.device`);
  return {
    load(siteId, identity) {
      const found = select.get(siteId, identity) as
        | { batch_id: number; seen_at: number; fold: string; received: string; device: string | null }
        | undefined;
      if (!found) return undefined;
      const row: Row = {
        batchId: found.batch_id,
        seenAt: found.seen_at,
        fold: JSON.parse(found.fold) as Fold,
        received: JSON.parse(found.received) as Received,
      };
      if (found.device !== null) row.device = JSON.parse(found.device) as DeviceState;
      return { row, length: found.fold.length + found.received.length };
    },
    save(siteId, identity, { batchId, seenAt, fold, received, device }) {
      const foldText = JSON.stringify(fold);
      const receivedText = JSON.stringify(received);
      const deviceText = device ? JSON.stringify(device) : null;
      upsert.run(siteId, identity, batchId, seenAt, foldText, receivedText, deviceText);
      return foldText.length + receivedText.length;
    },
    remove: (siteId, identity) =>
      void sql("DELETE FROM profiles WHERE site_id = ? AND identity = ?").run(siteId, identity),
    floor: () => Number(sql("SELECT value FROM meta WHERE name = 'floor'").get()?.value ?? 0),
    setFloor: (batchId) =>
      void sql(
        "INSERT INTO meta (name, value) VALUES ('floor', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
      ).run(batchId),
  };
}
