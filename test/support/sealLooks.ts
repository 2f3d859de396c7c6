// The mirror's side of a hand-off, written from the description of the format alone.
import { webcrypto } from "node:crypto";

/** A film as the mirror recorded it. */
export interface RecordedLook {
  film: Uint8Array;
  mimeType: string;
  details: object;
}

/** What the server is given, and what it never sees. */
export interface SealedLooks {
  parts: Buffer[];
  /** Goes behind the `#` of the link. */
  fragment: string;
}

/** Bytes of a chunk: about what a quarter of a second takes. */
const SLICE_BYTES = 80_000;

/** Seals looks under keys of their own, and their list under the key of the link. */
export async function sealLooks(looks: readonly RecordedLook[]): Promise<SealedLooks> {
  const films = await Promise.all(looks.map(({ film }) => sealPart(slicesOf(film))));
  const manifest = looks.map(({ mimeType, details }, i) => ({ seal: films[i]!.seal, mimeType, details }));
  const list = await sealPart([Buffer.from(JSON.stringify(manifest))]);
  return { parts: [list.part, ...films.map(({ part }) => part)], fragment: list.seal };
}

/** Seals chunks in order, an empty last one behind them; each has its length before it. */
export async function sealPart(chunks: readonly Uint8Array[]): Promise<{ part: Buffer; seal: string }> {
  const id = webcrypto.getRandomValues(new Uint8Array(16));
  const raw = webcrypto.getRandomValues(new Uint8Array(32));
  const key = await webcrypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt"]);
  const all = [...chunks, new Uint8Array(0)];
  const sealed: Buffer[] = [];
  for (const [index, chunk] of all.entries()) {
    const place = Buffer.alloc(8);
    place.writeBigUInt64BE(BigInt(index));
    const iv = Buffer.concat([id.subarray(0, 4), place]);
    const additionalData = Buffer.concat([id, place, Buffer.from([index === all.length - 1 ? 1 : 0])]);
    const bytes = Buffer.from(
      await webcrypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, key, chunk as BufferSource),
    );
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    sealed.push(length, bytes);
  }
  return { part: Buffer.concat(sealed), seal: Buffer.concat([id, raw]).toString("base64url") };
}

function slicesOf(film: Uint8Array): Uint8Array[] {
  const count = Math.ceil(film.length / SLICE_BYTES);
  return Array.from({ length: count }, (_, i) => film.subarray(i * SLICE_BYTES, (i + 1) * SLICE_BYTES));
}
