/** A look as the mirror handed it: its key, its format, and what the mirror knows of it. */
export interface HandedLook<Details> {
  /** Id and key of the clip, base64url. */
  seal: string;
  mimeType: string;
  details: Details;
}

/** Something sealed does not open: the link is incomplete, or a part is not what the mirror sealed. */
export class SealError extends Error {
  override name = "SealError";
}

type Bytes = Uint8Array<ArrayBuffer>;

const ID_BYTES = 16;
const KEY_BYTES = 32;
const NONCE_ID_BYTES = 4;
const LENGTH_BYTES = 4;

/** True for a link's fragment that can be a key. */
export function isKey(fragment: string): boolean {
  return /^[-\w]{64}$/.test(fragment);
}

/** Opens the list of looks: part 0, under the key of the link. @throws SealError */
export async function openManifest<Details>(part: Blob, fragment: string): Promise<HandedLook<Details>[]> {
  const text = await new Blob(await openChunks(part, fragment)).text();
  // Only the mirror can have sealed it, so its shape is not doubted.
  return JSON.parse(text) as HandedLook<Details>[];
}

/** Opens one look, to be played. @throws SealError */
export async function openLook(part: Blob, { seal, mimeType }: HandedLook<unknown>): Promise<Blob> {
  return new Blob(await openChunks(part, seal), { type: mimeType });
}

/**
 * Opens the chunks of a sealed part: before each its length (4 bytes, big endian), the last one empty. Each is bound
 * to its clip, its place and whether it is the last, so none can be exchanged, left out or added unseen.
 */
async function openChunks(part: Blob, seal: string): Promise<Bytes[]> {
  if (!isKey(seal)) throw new SealError("The key is incomplete.");
  const secret = Uint8Array.from(atob(seal.replaceAll("-", "+").replaceAll("_", "/")), (one) =>
    one.charCodeAt(0),
  );
  const id = secret.subarray(0, ID_BYTES);
  const raw = secret.subarray(ID_BYTES, ID_BYTES + KEY_BYTES);
  const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["decrypt"]);
  const sealed = unpack(new Uint8Array(await part.arrayBuffer()));
  const opened = await Promise.all(
    sealed.map((chunk, index) => openChunk(key, chunk, parametersOf(id, index, index === sealed.length - 1))),
  );
  return opened.slice(0, -1);
}

async function openChunk(key: CryptoKey, chunk: Bytes, parameters: AesGcmParams): Promise<Bytes> {
  try {
    return new Uint8Array(await crypto.subtle.decrypt(parameters, key, chunk));
  } catch (cause) {
    throw new SealError("A part was changed or is missing.", { cause });
  }
}

/** Nonce: 4 bytes of the id, 8 of the place. Additional data: id, place, and whether it ends here. */
function parametersOf(id: Bytes, index: number, isLast: boolean): AesGcmParams {
  const iv = new Uint8Array(NONCE_ID_BYTES + 8);
  iv.set(id.subarray(0, NONCE_ID_BYTES));
  new DataView(iv.buffer).setBigUint64(NONCE_ID_BYTES, BigInt(index));
  const additionalData = new Uint8Array([...id, ...iv.subarray(NONCE_ID_BYTES), isLast ? 1 : 0]);
  return { name: "AES-GCM", iv, additionalData };
}

function unpack(packed: Bytes): Bytes[] {
  const view = new DataView(packed.buffer);
  const chunks: Bytes[] = [];
  let at = 0;
  while (at < packed.length) {
    const start = at + LENGTH_BYTES;
    at = start <= packed.length ? start + view.getUint32(at) : Infinity;
    if (at > packed.length) throw new SealError("A part was cut.");
    chunks.push(packed.subarray(start, at));
  }
  if (chunks.length === 0) throw new SealError("Nothing is left.");
  return chunks;
}
