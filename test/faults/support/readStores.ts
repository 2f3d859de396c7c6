import type { Page } from "puppeteer-core";

/** What a device has stored. */
export interface Stores {
  /** The events' ids, or their names where they have none. */
  outbox: string[];
  /** UTF-16 units of all events. */
  length: number;
  /** Everything as JSON. */
  text: string;
}

/** Reads the SDK's database past the SDK; empty where there is none. Any page of the shop's origin will do. */
export function readStores(page: Page): Promise<Stores> {
  return page.evaluate(async () => {
    const opened = await new Promise<IDBDatabase | undefined>((resolve) => {
      const request = indexedDB.open("vitrine");
      request.addEventListener("upgradeneeded", () => request.transaction!.abort()); // nothing there: make nothing
      request.addEventListener("success", () => resolve(request.result));
      request.addEventListener("error", () => resolve(undefined));
    });
    if (!opened) return { outbox: [], length: 0, text: "" };
    const names = ["outbox", "tail", "kv"];
    const transaction = opened.transaction(names);
    const requests = names.map((name) => transaction.objectStore(name).getAll());
    await new Promise((resolve) => transaction.addEventListener("complete", resolve));
    opened.close();
    const [outbox, tail] = requests.map(({ result }) => result as { text: string }[]);
    const ids = outbox!.map(({ text }) => {
      const { event, properties } = JSON.parse(text) as { event: string; properties: { id?: string } };
      return properties.id ?? event;
    });
    const length = [...outbox!, ...tail!].reduce((sum, { text }) => sum + text.length, 0);
    return { outbox: ids, length, text: JSON.stringify(requests.map(({ result }) => result as unknown)) };
  });
}
