import type { Platform } from "../platform.ts";
import { STORES, superviseDb, type Db, type StoreName } from "./db.ts";
import { byAge, type Row } from "./row.ts";

/**
 * A change of the store: `[store, key]` deletes, `[store, key, value]` puts; `reason` says why an event was dropped.
 * Other tabs are told the same changes.
 */
export type Change = [store: StoreName, key: string, value?: unknown, reason?: string | undefined];

/** All that is stored. */
export interface Kept {
  _outbox: Row[];
  _tail: Row[];
  _kv: Record<string, unknown>;
}

/** What the engine keeps over page loads. Every method is one transaction and rejects when it did not commit. */
export interface OutboxStore extends Pick<Db, "_isUp" | "_losses"> {
  _load: () => Promise<Kept>;
  /** Applies changes together; `strict` resolves when they survive a power cut, and all committed before them too. */
  _commit: (changes: Change[], strict?: boolean) => Promise<void>;
  /** Reads a value and writes what `change` makes of it, with no other tab in between. */
  _update: <T>(key: string, change: (old: T | undefined) => T) => Promise<T>;
  /** Empties everything, then applies changes; strict. */
  _erase: (changes: Change[]) => Promise<void>;
}

function apply(store: (name: StoreName) => IDBObjectStore, changes: Change[]): () => void {
  let isSure = true;
  for (const [name, key, value] of changes) {
    if (value === undefined) store(name).delete(key);
    else if (name === "kv") store(name).put(value, key);
    else if ((value as Row).priority < 2) store(name).put(value);
    else {
      isSure = false;
      // An order has one message id on every tab: whoever stored it first keeps its writer and seq.
      const request = store(name).add(value);
      // oxlint-disable-next-line unicorn/prefer-add-event-listener -- the request is ours alone
      request.onerror = (event) => {
        // Want of space must not pass for stored.
        if (request.error?.name === "ConstraintError") event.preventDefault();
      };
    }
  }
  // A page that goes takes along what it has not committed; what may fail and be forgiven has to wait for the word.
  if (isSure) store("kv").transaction.commit?.();
  return () => {};
}

/** Creates the store over the supervised database; `onBack` as there. */
export function createOutboxStore(platform: Platform, onBack: () => void): OutboxStore {
  const { _run, _isUp, _losses } = superviseDb(platform, onBack);
  return {
    _isUp,
    _losses,
    _load: () =>
      _run(undefined, (store) => {
        const [outbox, tail, kv] = STORES.map((name) => store(name).getAll());
        const keys = store("kv").getAllKeys();
        return () => ({
          _outbox: (outbox!.result as Row[]).sort(byAge),
          _tail: tail!.result as Row[],
          _kv: Object.fromEntries(keys.result.map((key, at) => [key, kv!.result[at] as unknown])),
        });
      }),
    _commit: (changes, strict) => _run(strict ? "strict" : "relaxed", (store) => apply(store, changes)),
    _update: <T>(key: string, change: (old: T | undefined) => T) =>
      _run("relaxed", (store) => {
        let next: T;
        const request = store("kv").get(key);
        request.onsuccess = () => {
          next = change(request.result as T | undefined);
          store("kv").put(next, key);
        };
        return () => next;
      }),
    _erase: (changes) =>
      _run("strict", (store) => {
        for (const name of STORES) store(name).clear();
        return apply(store, changes);
      }),
  };
}
