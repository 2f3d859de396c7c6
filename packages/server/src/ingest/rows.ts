import type { Database } from "../stores/database.ts";
import type { LogStore } from "../stores/logStore.ts";
import type { RowStore } from "../stores/rowStore.ts";
import { decodeEntry } from "./logEntry.ts";
import { applyEntry, emptyRow, type Row } from "./row.ts";
import { createRowCache, type RowCache, type RowEntry } from "./rowCache.ts";

/**
 * The rows of identities, in memory first and written behind: the log has everything, so a saved row may be
 * old as long as the log after it is replayed before the row is used.
 */
export interface Rows {
  /** A row to look at, or undefined for an identity nothing came for. */
  read(siteId: string, identity: string): Row | undefined;
  /** A row to change, inside the transaction that appends the change to the log. */
  change(siteId: string, identity: string): Row;
  /** Forgets a row, inside the transaction that forgets its log; `rest` is what stays of it. */
  erase(siteId: string, identity: string, rest?: Row): void;
  /** The changes since the last call are durable in the log. */
  commit(): void;
  /** The changes since the last call never happened. */
  rollback(): void;
  /** Saves up to `maxRows` changed rows, oldest change first. @returns how many are left. */
  checkpoint(maxRows: number): number;
  /** Rows in memory, changed ones, and the length of their text. */
  size(): { rows: number; changed: number; length: number };
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

interface State extends RowSources {
  cache: RowCache;
  /** Keys whose saved row is behind and that are not in memory. */
  behind: Set<string>;
  /** Keys in memory whose saved row is behind, oldest change first. */
  changed: Set<string>;
  /** Keys changed in the running transaction. */
  touched: Set<string>;
  /** Keys erased in the running transaction, and whether their saved row was behind. */
  erased: Map<string, boolean>;
}

/** Opens the rows and catches up with the log: what was not saved before a crash is replayed. */
export function openRows(sources: RowSources): Rows {
  const state: State = {
    ...sources,
    cache: createRowCache(sources),
    behind: new Set(),
    changed: new Set(),
    touched: new Set(),
    erased: new Map(),
  };
  recover(state);
  return {
    read: (siteId, identity) => find(state, siteId, identity)?.row,
    change: (siteId, identity) => change(state, siteId, identity),
    erase: (siteId, identity, rest) => erase(state, siteId, identity, rest),
    commit: () => commit(state),
    rollback: () => rollback(state),
    checkpoint: (maxRows) => checkpoint(state, maxRows),
    size: () => ({ rows: state.cache.size, changed: state.changed.size, length: state.cache.length }),
  };
}

const keyOf = (siteId: string, identity: string): string => `${siteId}\n${identity}`;

function find(state: State, siteId: string, identity: string): RowEntry | undefined {
  const key = keyOf(siteId, identity);
  const known = state.cache.get(key);
  if (known) return known;
  const loaded = load(state, siteId, identity);
  if (loaded) state.cache.set(key, loaded);
  return loaded;
}

function load(
  { store, log, behind, changed }: State,
  siteId: string,
  identity: string,
): RowEntry | undefined {
  const key = keyOf(siteId, identity);
  const saved = store.load(siteId, identity);
  if (!saved && !behind.has(key)) return undefined;
  const { row, length } = saved ?? { row: emptyRow(), length: 0 };
  const entry: RowEntry = { siteId, identity, row, length, changed: false };
  if (!behind.delete(key)) return entry;
  for (const { batchId, body, receivedAt } of log.after(siteId, identity, row.batchId)) {
    applyEntry(row, decodeEntry(body), batchId, receivedAt);
    entry.changed = true;
  }
  if (entry.changed) changed.add(key);
  return entry;
}

function change(state: State, siteId: string, identity: string): Row {
  const key = keyOf(siteId, identity);
  let entry = find(state, siteId, identity);
  if (!entry) {
    entry = { siteId, identity, row: emptyRow(), length: 0, changed: false };
    state.cache.set(key, entry);
  }
  state.touched.add(key);
  return entry.row;
}

function erase(state: State, siteId: string, identity: string, rest: Row | undefined): void {
  const { cache, store, touched, changed, behind, erased } = state;
  const key = keyOf(siteId, identity);
  const wasBehind = behind.delete(key) || cache.get(key)?.changed === true;
  if (!erased.has(key)) erased.set(key, wasBehind);
  cache.remove(key);
  changed.delete(key);
  touched.delete(key);
  store.remove(siteId, identity);
  // At once, not behind: the log could not bring it back.
  if (rest) store.save(siteId, identity, rest);
}

function commit(state: State): void {
  for (const key of state.touched) {
    state.cache.get(key)!.changed = true;
    state.changed.add(key);
  }
  state.touched.clear();
  state.erased.clear();
  evict(state);
}

function rollback({ cache, touched, changed, behind, erased }: State): void {
  for (const key of touched) {
    // Earlier changes of this row are in the log, but not in the saved row.
    if (cache.get(key)!.changed) behind.add(key);
    cache.remove(key);
    changed.delete(key);
  }
  for (const [key, wasBehind] of erased) {
    cache.remove(key);
    changed.delete(key);
    behind.delete(key);
    if (wasBehind) behind.add(key);
  }
  touched.clear();
  erased.clear();
}

/** Important! Only rows that are saved may go: an unsaved one is newer than the disk. */
function evict({ cache, touched }: State): void {
  cache.evict((key, entry) => !entry.changed && !touched.has(key));
}

function checkpoint(state: State, maxRows: number): number {
  const { database, store, log, cache, changed, behind } = state;
  const keys = [...changed].slice(0, maxRows);
  if (keys.length > 0) {
    database.transaction(() => {
      for (const key of keys) {
        const entry = cache.get(key)!;
        cache.weigh(entry, store.save(entry.siteId, entry.identity, entry.row));
      }
      // All log rows are in saved rows once nothing else is changed; the log id must be read in here.
      if (keys.length === changed.size && behind.size === 0) store.setFloor(log.lastBatchId());
    });
    for (const key of keys) {
      changed.delete(key);
      cache.get(key)!.changed = false;
    }
  }
  evict(state);
  return changed.size;
}

/** Rows replayed before they are saved, at start. */
const RECOVERY_ROWS = 1_000;

function recover(state: State): void {
  const { log, store, behind, changed } = state;
  const identities = log.identitiesAfter(store.floor());
  for (const { siteId, identity } of identities) behind.add(keyOf(siteId, identity));
  for (const { siteId, identity } of identities) {
    find(state, siteId, identity);
    if (changed.size >= RECOVERY_ROWS) checkpoint(state, RECOVERY_ROWS);
  }
  checkpoint(state, Infinity);
}
