import type { Consent } from "@vitrine/core";
import { wordsOfError } from "./wordsOfError.ts";

/** An event as the database keeps it. */
export interface KeptRow {
  messageId: string;
  at: number;
  text: string;
}

/** What the inspector reads of the SDK's database. */
export interface KeptData {
  state: "read";
  /** Newest first, and not more than the list shows. */
  waiting: KeptRow[];
  tail: KeptRow[];
  waitingCount: number;
  tailCount: number;
  /** Page loads whose last `seq` the collector was not told yet. */
  writers: { id: string; last: number }[];
  consent?: Consent | undefined;
  userId?: string | undefined;
  rulesVersion?: number | undefined;
  /** ms: no attempt is made before. */
  nextAttempt?: number | undefined;
}

/** Which may be missing, or not answer. */
export type DatabaseReading = KeptData | { state: "missing" } | { state: "broken"; why: string };

/** Longest wait for an answer. */
const WAIT_MS = 3000;

const STORES = ["outbox", "tail", "kv"];

/** Reads the SDK's database in one short transaction and lets go of it; never rejects, never creates anything. */
export async function readDatabase(limit: number): Promise<DatabaseReading> {
  try {
    return await new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error("it does not answer")), WAIT_MS);
      const opening = indexedDB.open("vitrine");
      opening.addEventListener("upgradeneeded", () => {
        opening.transaction?.abort(); // there was none, and there shall be none by us
        resolve({ state: "missing" });
      });
      opening.addEventListener("error", () => reject(opening.error!));
      opening.addEventListener("success", () => {
        const database = opening.result;
        database.addEventListener("versionchange", () => database.close());
        try {
          read(database, limit).then(resolve, reject);
        } finally {
          database.close(); // once the transaction is done
        }
      });
    });
  } catch (error) {
    return { state: "broken", why: wordsOfError(error) };
  }
}

function read(database: IDBDatabase, limit: number): Promise<KeptData> {
  const transaction = database.transaction(STORES);
  const [outbox, tail, kv] = STORES.map((name) => transaction.objectStore(name)) as [
    IDBObjectStore,
    IDBObjectStore,
    IDBObjectStore,
  ];
  const waiting = newest(outbox, limit);
  const told = newest(tail, limit);
  const counts = [outbox.count(), tail.count()] as const;
  const keys = kv.getAllKeys(IDBKeyRange.bound("w:", "w:\uffff"));
  const writers = kv.getAll(IDBKeyRange.bound("w:", "w:\uffff"));
  const [consent, address, user, rules, lease] = ["consent", "address", "user", "rules", "lease"].map((key) =>
    kv.get(key),
  );
  return new Promise((resolve, reject) => {
    transaction.addEventListener("abort", () => reject(transaction.error!));
    transaction.addEventListener("complete", () =>
      resolve({
        state: "read",
        waiting,
        tail: told,
        waitingCount: counts[0].result,
        tailCount: counts[1].result,
        writers: (keys.result as string[]).map((key, at) => ({
          id: key.slice(2),
          last: (writers.result[at] as { last: number }).last,
        })),
        consent: consent?.result?.words ?? address?.result?.words,
        userId: user?.result?.id,
        rulesVersion: versionOf(rules?.result),
        nextAttempt: lease?.result?.next || undefined,
      }),
    );
  });
}

/** Message ids begin with their time, except those of orders: where there are more than `limit`, which orders is chance. */
function newest(store: IDBObjectStore, limit: number): KeptRow[] {
  const rows: KeptRow[] = [];
  const request = store.openCursor(null, "prev");
  request.addEventListener("success", () => {
    const cursor = request.result;
    if (!cursor) return;
    rows.push(cursor.value as KeptRow);
    if (rows.length < limit) cursor.continue();
  });
  return rows;
}

function versionOf(signed: { payload?: string } | undefined): number | undefined {
  try {
    return (JSON.parse(signed?.payload ?? "") as { version?: number }).version;
  } catch {
    return undefined;
  }
}
