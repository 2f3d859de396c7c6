import type { Database } from "../stores/database.ts";
import type { LogStore } from "../stores/logStore.ts";
import type { RowStore } from "../stores/rowStore.ts";
import { decodeEntry } from "./logEntry.ts";
import { applyEntry, emptyRow, type Row } from "./row.ts";

/**
 * The rows of identities, in memory first and written behind: the log has everything, so a saved row may be
 * old as long as the log after it is replayed before the row is used.
 */
export interface Rows {
  /** A row to look at, or undefined for an identity nothing came for. */
  read(siteId: string, identity: string): Row | undefined;
  /** A row to change, inside the transaction that appends the change to the log. */
  change(siteId: string, identity: string): Row;
  /** The changes since the last call are durable in the log. */
  commit(): void;
  /** The changes since the last call never happened. */
  rollback(): void;
  /** Saves up to `maxRows` changed rows, oldest change first. @returns how many are left. */
  checkpoint(maxRows: number): number;
  /** Rows in memory, and changed ones. */
  size(): { rows: number; changed: number; length: number };
}

interface Entry {
  siteId: string;
  identity: string;
  row: Row;
  /** Text length when last saved or loaded: what the row weighs in memory, roughly. */
  length: number;
  /** True while the saved row is behind. */
  changed: boolean;
}

/** What rows are made from. */
export interface RowSources {
  database: Database;
  log: LogStore;
  store: RowStore;
  /** Rows kept in memory, and the length of their text. */
  maxRows: number;
  maxLength: number;
}

/** Opens the rows and catches up with the log: what was not saved before a crash is replayed. */
export function openRows(sources: RowSources): Rows {
  const { database, log, store } = sources;
  /** By key, least recently used first. */
  const entries = new Map<string, Entry>();
  /** Keys whose saved row is behind and that are not in memory. */
  const behind = new Set<string>();
  /** Keys of changed entries, oldest change first. */
  const changed = new Set<string>();
  /** Keys changed in the running transaction. */
  let touched = new Set<string>();
  let length = 0;

  const load = (siteId: string, identity: string, key: string): Entry | undefined => {
    const saved = store.load(siteId, identity);
    if (!saved && !behind.has(key)) return undefined;
    const entry: Entry = {
      siteId,
      identity,
      row: saved?.row ?? emptyRow(),
      length: saved?.length ?? 0,
      changed: false,
    };
    if (behind.delete(key)) {
      for (const { batchId, body, receivedAt } of log.after(siteId, identity, entry.row.batchId)) {
        applyEntry(entry.row, decodeEntry(body), batchId, receivedAt);
        entry.changed = true;
      }
      if (entry.changed) changed.add(key);
    }
    return entry;
  };

  const find = (siteId: string, identity: string, key: string): Entry | undefined => {
    const known = entries.get(key);
    const entry = known ?? load(siteId, identity, key);
    if (!entry) return undefined;
    if (known) entries.delete(key);
    else length += entry.length;
    entries.set(key, entry);
    return entry;
  };

  const forget = (key: string, entry: Entry) => {
    entries.delete(key);
    length -= entry.length;
  };

  /** Important! Only rows that are saved may go: an unsaved one is newer than the disk. */
  const evict = () => {
    let kept = 0;
    for (const [key, entry] of entries) {
      if (entries.size <= sources.maxRows && length <= sources.maxLength) return;
      if (!entry.changed && !touched.has(key)) forget(key, entry);
      else if (++kept > MAX_KEPT) return; // the next checkpoint makes them go
    }
  };

  const save = (key: string) => {
    const entry = entries.get(key)!;
    const newLength = store.save(entry.siteId, entry.identity, entry.row);
    length += newLength - entry.length;
    entry.length = newLength;
  };

  const checkpoint = (maxRows: number): number => {
    const keys = [...changed].slice(0, maxRows);
    if (keys.length > 0) {
      database.transaction(() => {
        for (const key of keys) save(key);
        // All log rows are in saved rows once nothing else is changed; the log id must be read in here.
        if (keys.length === changed.size && behind.size === 0) store.setFloor(log.lastBatchId());
      });
      for (const key of keys) {
        changed.delete(key);
        entries.get(key)!.changed = false;
      }
    }
    evict();
    return changed.size;
  };

  const recover = () => {
    for (const { siteId, identity } of log.identitiesAfter(store.floor()))
      behind.add(keyOf(siteId, identity));
    for (const key of behind) {
      const [siteId, identity] = key.split("\n") as [string, string];
      find(siteId, identity, key);
      if (changed.size >= RECOVERY_ROWS) checkpoint(RECOVERY_ROWS);
    }
    checkpoint(Infinity);
  };
  recover();

  return {
    read: (siteId, identity) => find(siteId, identity, keyOf(siteId, identity))?.row,
    change(siteId, identity) {
      const key = keyOf(siteId, identity);
      const entry = find(siteId, identity, key) ?? {
        siteId,
        identity,
        row: emptyRow(),
        length: 0,
        changed: false,
      };
      entries.set(key, entry);
      touched.add(key);
      return entry.row;
    },
    commit() {
      for (const key of touched) {
        entries.get(key)!.changed = true;
        changed.add(key);
      }
      touched = new Set();
      evict();
    },
    rollback() {
      for (const key of touched) {
        const entry = entries.get(key)!;
        forget(key, entry);
        changed.delete(key);
        // Earlier changes of this row are in the log, but not in the saved row.
        if (entry.changed) behind.add(key);
      }
      touched = new Set();
    },
    checkpoint,
    size: () => ({ rows: entries.size, changed: changed.size, length }),
  };
}

/** Unsaved rows passed over in search of one that may go. */
const MAX_KEPT = 256;

/** Rows replayed before they are saved, at start. */
const RECOVERY_ROWS = 1_000;

const keyOf = (siteId: string, identity: string): string => `${siteId}\n${identity}`;
