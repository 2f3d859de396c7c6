import { STORES, type StoreName } from "../../../../packages/browser/src/outbox/db.ts";

/** One change of a key; undefined means that it is not there. */
export interface Write {
  store: StoreName;
  key: string;
  before: unknown;
  after: unknown;
}

/** What a database holds, in the memory of the operating system and on the disk behind it. */
export interface DurableData {
  /** As every reader sees it. */
  store: (name: StoreName) => ReadonlyMap<string, unknown>;
  /** Keys in the order of IndexedDB. */
  keys: (name: StoreName) => string[];
  /** Writes at once; hand the result to `commit` or `undo`. */
  write: (store: StoreName, key: string, after: unknown) => Write;
  undo: (writes: Write[]) => void;
  /** A strict commit takes all relaxed ones before it to the disk as well. */
  commit: (writes: Write[], isStrict: boolean) => void;
  /** How many commits the disk does not have. */
  behind: () => number;
  /** Loses the last `lost` commits that the disk does not have for certain. */
  cutPower: (lost: number) => void;
  wipe: () => void;
}

/** Creates empty data. */
export function createDurableData(): DurableData {
  const stores = Object.fromEntries(STORES.map((name) => [name, new Map<string, unknown>()])) as Record<
    StoreName,
    Map<string, unknown>
  >;
  /** Commits that may be in no more than memory, oldest first. */
  let fragile: Write[][] = [];

  const set = (store: StoreName, key: string, value: unknown) => {
    if (value === undefined) stores[store].delete(key);
    else stores[store].set(key, value);
  };
  const undo = (writes: Write[]) => {
    for (const { store, key, before } of writes.toReversed()) set(store, key, before);
  };

  return {
    store: (name) => stores[name],
    keys: (name) => [...stores[name].keys()].sort(),
    write: (store, key, after) => {
      const before = stores[store].get(key);
      set(store, key, after);
      return { store, key, before, after };
    },
    undo,
    commit: (writes, isStrict) => {
      if (isStrict) fragile = [];
      else if (writes[0]) fragile.push(writes);
    },
    behind: () => fragile.length,
    cutPower: (lost) => {
      for (const writes of fragile.splice(fragile.length - lost).reverse()) undo(writes);
      fragile = [];
    },
    wipe: () => {
      for (const store of Object.values(stores)) store.clear();
      fragile = [];
    },
  };
}
