/** What the SDK keeps of this browser, as far as this page needs it. */
interface Kept {
  device: { secret?: string } | undefined;
  consent: { words?: { personalization?: string } } | undefined;
}

/**
 * Reads the secret of the shop's SDK from its database, and leaves everything as it is: a database that is not there is
 * not made.
 * @returns undefined where the SDK keeps no device, or personalization was not granted on it
 */
export async function readDevice(factory: IDBFactory | undefined): Promise<string | undefined> {
  try {
    const { device, consent } = await readKept(factory!);
    const isAllowed = !consent || consent.words?.personalization === "granted";
    return isAllowed ? device?.secret : undefined;
  } catch {
    return undefined; // no database, one of another shape, or one that the browser forbids
  }
}

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
