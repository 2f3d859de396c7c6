import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** What the file says must be there once all of it was sent. */
export interface FileCount {
  productViews: number;
  listViews: number;
  /** By session: its number of events, and the category of its last click. */
  sessions: Map<string, { events: number; productViews: number; lastCategory: string }>;
}

/**
 * Counts the file by itself. Shares no code with what is sent, so that a mistake there cannot hide here:
 * columns by place, rows in any order, the last click of a session by its `order` column.
 */
export function countFile(file: string): FileCount {
  const bytes = readFileSync(file);
  const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("latin1");
  const rows = text.trim().split(/\r?\n/).slice(1);
  const bySession = new Map<string, string[][]>();
  for (const row of rows) {
    const cells = row.split(";");
    const session = cells[5]!;
    if (!bySession.has(session)) bySession.set(session, []);
    bySession.get(session)!.push(cells);
  }
  const count: FileCount = { productViews: rows.length, listViews: 0, sessions: new Map() };
  for (const [session, clicks] of bySession) {
    clicks.sort((a, b) => Number(a[3]) - Number(b[3]));
    const lists = clicks.map((cells) => `${cells[6]};${cells[13]}`);
    const listViews = lists.filter((list, i) => list !== lists[i - 1]).length;
    const lastCategory =
      { 1: "trousers", 2: "skirts", 3: "blouses", 4: "sale" }[Number(clicks.at(-1)![6])] ?? "?";
    count.listViews += listViews;
    count.sessions.set(session, {
      events: clicks.length + listViews,
      productViews: clicks.length,
      lastCategory,
    });
  }
  return count;
}
