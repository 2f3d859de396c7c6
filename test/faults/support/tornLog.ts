import { readdirSync, readFileSync } from "node:fs";

const BLOCK_BYTES = 32_768;
const HEADER_BYTES = 7;

/**
 * True when the database of a killed Chromium's profile ends in a record that was cut off. Chromium forgives that at the
 * next start, yet appends behind it; at the start after that it finds its database damaged and empties it, whatever a page
 * did (google/leveldb#1287: "reuse_logs can reuse a log with an incomplete record"). So what such a profile holds must
 * arrive, and it cannot take part in further kills.
 */
export function endsInTornRecord(profile: string): boolean {
  const databases = `${profile}/Default/IndexedDB`;
  return readdirSync(databases, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".log"))
    .some((name) => isTorn(readFileSync(`${databases}/${name}`)));
}

/** Walks a log's records: checksum (4 bytes), length (2), kind (1), body; none crosses a block. leveldb/doc/log_format.md. */
function isTorn(log: Buffer): boolean {
  let isInside = false;
  let at = 0;
  while (at < log.length) {
    const left = BLOCK_BYTES - (at % BLOCK_BYTES);
    if (left >= HEADER_BYTES) {
      if (at + HEADER_BYTES > log.length) return true;
      const kind = log[at + 6]!;
      isInside = kind === 2 || kind === 3; // the first or a middle part of a longer one
      at += HEADER_BYTES + log.readUInt16LE(at + 4);
    } else at += left; // too short for a header: zeros
  }
  return at > log.length || isInside;
}
