import { existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { inflateRawSync } from "node:zlib";

/** What the collector's log holds of some devices. */
export interface LogCount {
  productViews: number;
  listViews: number;
  devices: number;
  /** Events that are there more than once; none, if the dedupe works. */
  repeated: number;
}

/**
 * Counts events straight in the database file, past the server and its profiles.
 * @param devices anonymous ids that count; others may be in the same log
 */
export function countLog(dataDir: string, devices: ReadonlySet<string>): LogCount | undefined {
  const file = join(dataDir, "vitrine.db");
  if (!existsSync(file)) return undefined;
  const database = new DatabaseSync(file, { readOnly: true });
  const count: LogCount = { productViews: 0, listViews: 0, devices: 0, repeated: 0 };
  const seen = new Set<string>();
  const messages = new Set<string>();
  try {
    for (const { identity, body } of database.prepare("SELECT identity, body FROM log").iterate()) {
      const device = String(identity).replace(/^anonymous:/, "");
      if (!devices.has(device)) continue;
      seen.add(device);
      const text = typeof body === "string" ? body : inflateRawSync(body as Uint8Array).toString();
      for (const item of (JSON.parse(text) as { items: { messageId?: string; event?: string }[] }).items) {
        if (item.messageId === undefined) continue;
        if (messages.has(item.messageId)) count.repeated++;
        messages.add(item.messageId);
        if (item.event === "Product Viewed") count.productViews++;
        if (item.event === "Product List Viewed") count.listViews++;
      }
    }
  } finally {
    database.close();
  }
  return { ...count, devices: seen.size };
}
