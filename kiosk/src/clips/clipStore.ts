import type { Bytes } from "./seal.ts";

/** Keeps sealed chunks outside memory. Errors reject as the storage's `DOMException`. */
export interface ClipStore {
  append: (clipId: string, index: number, chunk: Bytes) => Promise<void>;
  /** All chunks of a clip, in order. */
  read: (clipId: string) => Promise<Bytes[]>;
  remove: (clipId: string) => Promise<void>;
  /** Removes every clip there is; at start, what a crash or a power cut left: nobody has its key any more. */
  removeAll: () => Promise<void>;
  /**
   * Calls when the browser took the storage away, as Chromium does where the disk is full: every clip is lost then. The
   * store itself is there again, and empty.
   * @returns how to stop
   */
  onLost: (listener: () => void) => () => void;
  close: () => void;
}

const CHUNKS = "chunks";

/** Opens the clips of this origin in IndexedDB, which a private session keeps in memory. */
export async function openClipStore(name = "vitrine-clips"): Promise<ClipStore> {
  const listeners = new Set<() => void>();
  let isClosed = false;
  const watch = (db: IDBDatabase) => {
    db.addEventListener("close", () => lose(db));
    return db;
  };
  /** Undefined from a loss until there is room for another. */
  let current: IDBDatabase | undefined = watch(await openDatabase(name));
  let opening: Promise<IDBDatabase> | undefined;
  const reopen = () =>
    (opening ??= openEmpty(name)
      .then((db) => (current = watch(db)))
      .finally(() => (opening = undefined)));
  const lose = (lost: IDBDatabase) => {
    if (lost !== current || isClosed) return;
    current = undefined;
    lost.close();
    for (const listener of listeners) listener();
    // Gives the room back at once where it can; where it cannot, the next use tries again.
    reopen().catch(() => {});
  };
  /** A reopening that began on the full disk says nothing of the disk as it is now. */
  const open = async () => {
    await opening?.catch(() => {});
    return current ?? reopen();
  };
  const use = async <T>(work: (db: IDBDatabase) => Promise<T>): Promise<T> => {
    const db = await open();
    try {
      return await work(db);
    } catch (error) {
      // The event that tells of it may come later, or never.
      if (error instanceof DOMException && error.name === "InvalidStateError") lose(db);
      throw error;
    }
  };
  const write = (change: (chunks: IDBObjectStore) => void) => use((db) => committed(db, change));
  return {
    append: (clipId, index, chunk) => write((chunks) => chunks.add(chunk, [clipId, index])),
    read: (clipId) =>
      use((db) => settled<Bytes[]>(db.transaction(CHUNKS).objectStore(CHUNKS).getAll(ofClip(clipId)))),
    remove: (clipId) => write((chunks) => chunks.delete(ofClip(clipId))),
    removeAll: () => write((chunks) => chunks.clear()),
    onLost: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => {
      isClosed = true;
      current?.close();
    },
  };
}

function openDatabase(name: string): Promise<IDBDatabase> {
  const opening = indexedDB.open(name, 1);
  opening.addEventListener("upgradeneeded", () => opening.result.createObjectStore(CHUNKS));
  return settled(opening);
}

/** Deleting gives the room back at once; what was in it had lost its place in the session anyway. */
async function openEmpty(name: string): Promise<IDBDatabase> {
  await settled(indexedDB.deleteDatabase(name));
  return openDatabase(name);
}

/** An array sorts behind every number. */
const ofClip = (clipId: string) => IDBKeyRange.bound([clipId], [clipId, []]);

/** Runs one change; only the commit says that the disk had room for it. */
function committed(db: IDBDatabase, change: (chunks: IDBObjectStore) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    // Relaxed: a chunk that a power cut takes had lost its key anyway.
    const transaction = db.transaction(CHUNKS, "readwrite", { durability: "relaxed" });
    transaction.addEventListener("complete", () => resolve());
    transaction.addEventListener("abort", () =>
      reject(transaction.error ?? new DOMException("Aborted", "AbortError")),
    );
    change(transaction.objectStore(CHUNKS));
  });
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () =>
      reject(request.error ?? new DOMException("Failed", "UnknownError")),
    );
  });
}
