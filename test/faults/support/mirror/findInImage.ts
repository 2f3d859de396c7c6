import { open } from "node:fs/promises";
import { findIn, type Trace } from "./traces.ts";

const PIECE_BYTES = 8 * 1024 * 1024;
/** Longer than any trace: one that lies across two pieces is whole in one of them. */
const OVERLAP_BYTES = 4096;

/** Which traces the raw bytes of a disk have, whatever its file system says of them. */
export async function findInImage(image: string, traces: readonly Trace[]): Promise<string[]> {
  const found = new Set<string>();
  const zeros = Buffer.alloc(PIECE_BYTES);
  const piece = Buffer.alloc(PIECE_BYTES);
  const file = await open(image);
  try {
    for (let at = 0; ; at += PIECE_BYTES - OVERLAP_BYTES) {
      const { bytesRead } = await file.read(piece, 0, PIECE_BYTES, at);
      const bytes = piece.subarray(0, bytesRead);
      if (!bytes.equals(zeros.subarray(0, bytesRead)))
        for (const name of findIn(bytes, traces)) found.add(name);
      if (bytesRead < PIECE_BYTES) return [...found];
    }
  } finally {
    await file.close();
  }
}
