import { decodeEntry, isEvent } from "../../../packages/server/src/ingest/logEntry.ts";
import type { Vitrine } from "@vitrine/server";

/** How often each event of that name is in the collector's log, by its property `id`. */
export function countEvents(vitrine: Vitrine, name: string): Map<string, number> {
  const counts = new Map<string, number>();
  const { log } = vitrine.services.collector;
  for (const { body } of log.newest("default", Number.MAX_SAFE_INTEGER, 1e6)) {
    for (const item of decodeEntry(body).items) {
      if (!isEvent(item) || item.event !== name) continue;
      const id = String(item.properties.id);
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  }
  return counts;
}

/** Waits until a condition of this process holds. */
export async function until(what: string, condition: () => unknown): Promise<void> {
  const givenUpAt = Date.now() + 60_000;
  while (!(await condition())) {
    if (Date.now() > givenUpAt) throw new Error(`never: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
