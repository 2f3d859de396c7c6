import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Files below a folder that hold a text, as UTF-8 or UTF-16, and how often. */
export function grepFolder(folder: string, text: string): Map<string, number> {
  const hits = new Map<string, number>();
  const needles = [Buffer.from(text), Buffer.from(text, "utf16le")];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = readFileSync(path);
    const count = needles.reduce((sum, needle) => sum + countIn(bytes, needle), 0);
    if (count) hits.set(path.slice(folder.length), count);
  }
  return hits;
}

function countIn(bytes: Buffer, needle: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(needle); at >= 0; at = bytes.indexOf(needle, at + 1)) count++;
  return count;
}
