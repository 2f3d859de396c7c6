import type { Bytes } from "./seal.ts";

/** Keeps sealed chunks outside memory. Errors reject as the storage's `DOMException`. */
export interface ClipStore {
  append: (clipId: string, index: number, chunk: Bytes) => Promise<void>;
  /** All chunks of a clip, in order. */
  read: (clipId: string) => Promise<Bytes[]>;
  remove: (clipId: string) => Promise<void>;
  /** Removes every clip there is; at start, what a crash or a power cut left: nobody has its key any more. */
  removeAll: () => Promise<void>;
  close: () => void;
}

const CHUNKS = "chunks";

/** Opens the clips of this origin in IndexedDB, which a private session keeps in memory. */
export async function openClipStore(name = "vitrine-clips"): Promise<ClipStore> {
  const opening = indexedDB.open(name, 1);
  opening.addEventListener("upgradeneeded", () => opening.result.createObjectStore(CHUNKS));
  const db = await settled(opening);
  const write = (change: (chunks: IDBObjectStore) => void) => committed(db, change);
  return {
    append: (clipId, index, chunk) => write((chunks) => chunks.add(chunk, [clipId, index])),
    read: (clipId) => settled<Bytes[]>(db.transaction(CHUNKS).objectStore(CHUNKS).getAll(ofClip(clipId))),
    remove: (clipId) => write((chunks) => chunks.delete(ofClip(clipId))),
    removeAll: () => write((chunks) => chunks.clear()),
    close: () => db.close(),
  };
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
