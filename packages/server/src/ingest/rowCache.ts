import type { Row } from "./row.ts";

/** A row in memory. */
export interface RowEntry {
  siteId: string;
  identity: string;
  row: Row;
  /** Text length when last saved or loaded: what the row weighs in memory, roughly. */
  length: number;
  /** True while the saved row is behind. */
  changed: boolean;
}

/** Rows in memory by key, bounded by count and weight; the least recently used go first. */
export interface RowCache {
  readonly size: number;
  readonly length: number;
  /** An entry, which is now the most recently used. */
  get(key: string): RowEntry | undefined;
  set(key: string, entry: RowEntry): void;
  remove(key: string): void;
  /** Notes a new weight. */
  weigh(entry: RowEntry, length: number): void;
  /** Drops entries until the bounds hold, as far as `mayGo` allows. */
  evict(mayGo: (key: string, entry: RowEntry) => boolean): void;
}

/** Entries passed over in search of one that may go; a full pass at each commit would be dear. */
const MAX_KEPT = 256;

/** Creates an empty cache. */
export function createRowCache({ maxRows, maxLength }: { maxRows: number; maxLength: number }): RowCache {
  const entries = new Map<string, RowEntry>();
  let total = 0;
  const remove = (key: string) => {
    total -= entries.get(key)?.length ?? 0;
    entries.delete(key);
  };
  return {
    get size() {
      return entries.size;
    },
    get length() {
      return total;
    },
    get(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      entries.delete(key);
      entries.set(key, entry);
      return entry;
    },
    set(key, entry) {
      remove(key);
      entries.set(key, entry);
      total += entry.length;
    },
    remove,
    weigh(entry, length) {
      total += length - entry.length;
      entry.length = length;
    },
    evict(mayGo) {
      let kept = 0;
      for (const [key, entry] of entries) {
        if ((entries.size <= maxRows && total <= maxLength) || kept > MAX_KEPT) return;
        if (mayGo(key, entry)) remove(key);
        else kept++;
      }
    },
  };
}
