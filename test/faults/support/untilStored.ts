import type { Page } from "puppeteer-core";
import { readStores } from "./readStores.ts";

/** The longest wait for something that takes milliseconds on an idle machine. */
const PATIENCE_MS = 30_000;

const pause = () => new Promise((resolve) => setTimeout(resolve, 20));

/** Waits for a condition. Resolves with the milliseconds it took, or undefined when it never came true. */
export async function eventually(
  condition: () => unknown,
  patienceMs: number = PATIENCE_MS,
): Promise<number | undefined> {
  const start = performance.now();
  while (performance.now() - start < patienceMs) {
    if (await condition()) return performance.now() - start;
    await pause();
  }
  return undefined;
}

/** Waits until events are in the device's database, by the database's own word. */
export function untilStored(page: Page, ids: string[], patienceMs?: number): Promise<number | undefined> {
  return eventually(async () => {
    const { outbox } = await readStores(page);
    return ids.every((id) => outbox.includes(id));
  }, patienceMs);
}

/** The ids of a page's events. */
export const idsOf = (page: string, count: number): string[] =>
  Array.from({ length: count }, (_, ordinal) => `${page}.${ordinal}`);
