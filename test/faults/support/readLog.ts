import { DatabaseSync } from "node:sqlite";
import { inflateRawSync } from "node:zlib";
import type { DeliveryLog } from "./checkDelivery.ts";

type Item =
  | [writer: string, seq: number]
  | { dropped: number[]; writer: string }
  | {
      messageId: string;
      type: string;
      event?: string;
      properties: { id?: unknown };
      context: { writer?: { id: string; seq: number } };
    };

interface Entry {
  items: Item[];
  finished?: { id: string; last: number }[];
}

/** Reads the server's log from its file, past the server: read-only, and decoded here. Works while it runs. */
export function readLog(dataDir: string): DeliveryLog {
  const log: DeliveryLog = { events: [], spoken: [], finished: new Map() };
  for (const entry of readEntries(dataDir)) addEntry(log, entry);
  return log;
}

/** What came, in its order, as it is kept. */
export function readLogItems(dataDir: string): unknown[] {
  return readEntries(dataDir).flatMap(({ items }) => items);
}

function readEntries(dataDir: string): Entry[] {
  const database = new DatabaseSync(`${dataDir}/vitrine.db`, { readOnly: true });
  const rows = database.prepare("SELECT body FROM log ORDER BY batch_id").all() as {
    body: string | Uint8Array;
  }[];
  database.close();
  return rows.map(
    ({ body }) => JSON.parse(typeof body === "string" ? body : inflateRawSync(body).toString()) as Entry,
  );
}

function addEntry(log: DeliveryLog, { items, finished = [] }: Entry): void {
  for (const item of items) {
    if (Array.isArray(item)) log.spoken.push({ writer: item[0], first: item[1], last: item[1] });
    else if ("dropped" in item) {
      const { writer, dropped } = item;
      for (let at = 0; at < dropped.length; at += 2)
        log.spoken.push({ writer, first: dropped[at]!, last: dropped[at + 1]! });
    } else {
      const { messageId, type, event, properties, context } = item;
      const id = typeof properties.id === "string" ? properties.id : undefined;
      log.events.push({ messageId, name: event ?? type, id, writer: context.writer });
    }
  }
  for (const { id, last } of finished) log.finished.set(id, last);
}
