import { SealError, type Bytes, type Opener, type Seal } from "./seal.ts";

const NOTHING = new Uint8Array(0);

/** The chunk that ends a clip: empty, so that every slice can be sealed before it is known whether another comes. */
export function sealEnd(seal: Seal, index: number): Promise<Bytes> {
  return seal.sealChunk({ index, last: true }, NOTHING);
}

/**
 * Opens all chunks of a clip, its end among them.
 * @throws SealError `broken` when one was changed, exchanged, left out or added, or the end is missing
 */
export async function openChunks(opener: Opener, chunks: readonly BufferSource[]): Promise<Bytes[]> {
  if (chunks.length === 0) throw new SealError("broken", "Nothing of this clip is left.");
  const opened = await Promise.all(
    chunks.map((chunk, index) => opener.openChunk({ index, last: index === chunks.length - 1 }, chunk)),
  );
  return opened.slice(0, -1);
}

/** All chunks in one piece, to be handed over: before each its length, 4 bytes, big endian. */
export function packChunks(chunks: readonly Bytes[]): Bytes {
  const packed = new Uint8Array(chunks.reduce((sum, { length }) => sum + 4 + length, 0));
  const view = new DataView(packed.buffer);
  let at = 0;
  for (const chunk of chunks) {
    view.setUint32(at, chunk.length);
    packed.set(chunk, at + 4);
    at += 4 + chunk.length;
  }
  return packed;
}

/**
 * The chunks again.
 * @throws SealError `broken` when the piece was cut
 */
export function unpackChunks(packed: Bytes): Bytes[] {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.length);
  const chunks: Bytes[] = [];
  for (let at = 0; at < packed.length;) {
    const end = at + 4 <= packed.length ? at + 4 + view.getUint32(at) : Number.POSITIVE_INFINITY;
    if (end > packed.length) throw new SealError("broken", "A part of this clip is missing.");
    chunks.push(packed.subarray(at + 4, end));
    at = end;
  }
  return chunks;
}
