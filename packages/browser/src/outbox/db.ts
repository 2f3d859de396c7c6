// oxlint-disable unicorn/prefer-add-event-listener, promise/no-callback-in-promise -- each request and transaction has one listener, ours
import type { Platform } from "../platform.ts";

/** The object stores of database `vitrine`, version 1: events by `messageId`, and values under their own keys. */
export const STORES = ["outbox", "tail", "kv"] as const;

/** Name of a store. */
export type StoreName = (typeof STORES)[number];

/** Longest wait for the database to open: Safari can leave the request unanswered for ever. */
const OPEN_MS = 1000;

/** Longest wait for a transaction before its handle counts as dead; a first read is given up as soon as the opening. */
const RUN_MS = 5000;

const FIRST_PAUSE_MS = 100;
const MAX_PAUSE_MS = 30_000;

/** The supervised handle. */
export interface Db {
  /**
   * Runs `body` in one transaction over all stores. Without `durability` it only reads.
   * @returns what the function that `body` returned gives after the commit.
   * @throws whatever went wrong, at once while the database rests; the handle is dropped then and reopened with
   * backoff, except when only the quota is exceeded.
   */
  _run: <T>(
    durability: IDBTransactionDurability | undefined,
    body: (store: (name: StoreName) => IDBObjectStore) => () => T,
  ) => Promise<T>;
  /** False while it rests: nothing can be stored, keep it in memory. */
  _isUp: () => boolean;
  /** How often a handle was dropped: what was stored before may be gone. */
  _losses: () => number;
}

/** True when the database refused for want of space. */
export function isQuotaError(error: unknown): boolean {
  return (error as Error | undefined)?.name === "QuotaExceededError";
}

/**
 * Supervises the one handle. This file alone knows IndexedDB. It may be missing, throw, hang, lose its handle or
 * be deleted under us; each failure drops the handle, never to be used again.
 * @param onBack called when the database is back after a failure
 */
export function superviseDb({ _indexedDB, _later, _cancel }: Platform, onBack: () => void): Db {
  let handle: Promise<IDBDatabase> | undefined;
  let isResting = false;
  let failures = 0;
  let losses = 0;

  const drop = (dead: Promise<IDBDatabase> | undefined) => {
    if (dead !== handle || isResting) return; // an older transaction of a handle that was dropped before
    handle = undefined;
    isResting = true;
    losses++;
    dead?.then((db) => db.close()).catch(() => {}); // never opened
    _later(
      () => {
        isResting = false;
        const next = (handle = open());
        next.then(() => _later(onBack)).catch(() => drop(next));
      },
      Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures++),
    );
  };

  const open = (): Promise<IDBDatabase> => {
    const opened = new Promise<IDBDatabase>((resolve, reject) => {
      const timer = _later(reject, OPEN_MS);
      const request = _indexedDB!.open("vitrine", 1);
      request.onupgradeneeded = () => {
        for (const name of STORES)
          request.result.createObjectStore(name, { keyPath: name === "kv" ? null : "messageId" });
      };
      request.onerror = () => reject(request.error!);
      request.onsuccess = () => {
        const db = request.result;
        _cancel(timer);
        // Another tab upgrades or deletes the database: let it, and come back.
        db.onversionchange = db.onclose = () => drop(opened);
        if (handle === opened) resolve(db);
        else db.close(); // answered after it was given up
      };
    });
    return opened;
  };

  return {
    _isUp: () => !isResting,
    _losses: () => losses,
    _run: async (durability, body) => {
      if (isResting) throw new Error();
      const mine = (handle ??= open());
      try {
        const db = await mine;
        const result = await new Promise<ReturnType<typeof body>>((resolve, reject) => {
          const transaction = durability
            ? db.transaction(STORES, "readwrite", { durability })
            : db.transaction(STORES);
          // Nothing is known before the first read. A slow disk has longer after each failure.
          const timer = _later(reject, durability ? RUN_MS : Math.min(RUN_MS, OPEN_MS * 2 ** failures));
          transaction.onabort = () => reject(transaction.error!);
          const read = body((name) => transaction.objectStore(name));
          transaction.oncomplete = () => {
            _cancel(timer);
            resolve(read);
          };
        });
        failures = 0;
        return result();
      } catch (error) {
        if (!isQuotaError(error)) drop(mine);
        throw error;
      }
    },
  };
}
