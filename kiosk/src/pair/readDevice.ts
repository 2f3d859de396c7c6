/** What the SDK keeps of this browser, as far as this page needs it. */
interface Kept {
  device?: { secret?: string } | undefined;
  consent?: { words?: { personalization?: string } } | undefined;
}

/**
 * Longest wait for the database. Safari leaves a reading unanswered for as long as a page that it has put away, with one
 * under way, is kept: the page must not wait for that.
 */
const WAIT_MS = 1_500;

/**
 * Reads the secret of the shop's SDK from its database, and leaves everything as it is: a database that is not there is
 * not made.
 * @returns what to call to read it; gives null where the SDK keeps no device, or personalization was not granted on it, and
 * undefined while the database does not answer
 */
export function createDeviceReader(
  factory: IDBFactory | undefined,
): () => Promise<string | null | undefined> {
  let reading: Promise<Kept> | undefined;
  return async () => {
    // No database, one of another shape, and one that the browser forbids are all the same here. One reading at a time:
    // those that hang would pile up.
    reading ??= readKept(factory!)
      .catch(() => ({}))
      .finally(() => (reading = undefined));
    const kept = await Promise.race([reading, later(WAIT_MS)]);
    if (!kept) return undefined;
    const { device, consent } = kept;
    const isAllowed = !consent || consent.words?.personalization === "granted";
    return (isAllowed && device?.secret) || null;
  };
}

const later = (ms: number) => new Promise<undefined>((resolve) => setTimeout(resolve, ms));

async function readKept(factory: IDBFactory): Promise<Kept> {
  const opening = factory.open("vitrine");
  opening.addEventListener("upgradeneeded", () => opening.transaction!.abort());
  const database = await settled(opening);
  try {
    const store = database.transaction("kv").objectStore("kv");
    const [device, consent] = await Promise.all([
      settled(store.get("device")),
      settled(store.get("consent")),
    ]);
    return { device, consent };
  } finally {
    // An open database would keep the SDK from upgrading it.
    database.close();
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error!));
  });
}
