// Nothing but Web Crypto, so that the mirror and the shopper's phone run the same code.
import { fromBase64Url, toBase64Url } from "./base64Url.ts";

/** Bytes as Web Crypto takes and gives them. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** Where in its clip a chunk belongs. */
export interface Place {
  /** From 0. */
  index: number;
  /** True for the one chunk behind which the clip ends. */
  last: boolean;
}

/** Opens the chunks of one clip. */
export interface Opener {
  /** @throws SealError `broken` unless exactly this chunk was sealed for this place */
  openChunk: (place: Place, chunk: BufferSource) => Promise<Bytes>;
}

/**
 * Seals the chunks of one clip, and opens them: AES-256-GCM under a key of its own, which exists in memory only. Each
 * chunk is bound to its clip and place, so that none can be exchanged, left out or added unseen.
 */
export interface Seal extends Opener {
  /** Random; names the clip in storage too. */
  readonly id: string;
  /**
   * Places must rise: a place sealed twice would repeat a nonce, and AES-GCM gives its key away then.
   * @throws RangeError when they do not
   */
  sealChunk: (place: Place, data: BufferSource) => Promise<Bytes>;
  /** Id and key as text, for whoever may open the clip: it goes into a QR code's fragment or a sealed manifest, nowhere else. */
  toText: () => Promise<string>;
  /** Forgets the key: what was sealed is noise from now on. */
  destroy: () => void;
}

/** Something sealed cannot be opened: `broken`: changed, or not what it should be; `destroyed`: its key is gone. */
export class SealError extends Error {
  override name = "SealError";
  readonly code: "broken" | "destroyed";

  constructor(code: SealError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

const ID_BYTES = 16;
const KEY_BYTES = 32;
/** Of the id; with the 8 bytes of the index it makes the nonce. */
const NONCE_ID_BYTES = 4;

/** Makes the seal of a new clip. */
export async function createSeal(): Promise<Seal> {
  const id = crypto.getRandomValues(new Uint8Array(ID_BYTES));
  const algorithm = { name: "AES-GCM", length: KEY_BYTES * 8 };
  let key: CryptoKey | undefined = await crypto.subtle.generateKey(algorithm, true, ["encrypt", "decrypt"]);
  let nextIndex = 0;
  const theKey = (): CryptoKey => {
    if (!key) throw new SealError("destroyed", "The key of this clip was destroyed.");
    return key;
  };
  return {
    id: toBase64Url(id),
    sealChunk: async (place, data) => {
      if (place.index < nextIndex) throw new RangeError(`Place ${place.index} was sealed already.`);
      nextIndex = place.index + 1;
      return new Uint8Array(await crypto.subtle.encrypt(parametersOf(id, place), theKey(), data));
    },
    openChunk: async (place, chunk) => open(parametersOf(id, place), theKey(), chunk),
    toText: async () => {
      const raw = new Uint8Array(await crypto.subtle.exportKey("raw", theKey()));
      return toBase64Url(new Uint8Array([...id, ...raw]));
    },
    destroy: () => {
      key = undefined;
    },
  };
}

/**
 * Reads what {@link Seal.toText} wrote; the key cannot be read out again.
 * @throws SealError `broken` when the text is none
 */
export async function openerFromText(text: string): Promise<Opener> {
  const bytes = fromBase64Url(text);
  if (bytes?.length !== ID_BYTES + KEY_BYTES)
    throw new SealError("broken", "This link's key is incomplete: open it again from the mirror's code.");
  const id = bytes.slice(0, ID_BYTES);
  const key = await crypto.subtle.importKey("raw", bytes.subarray(ID_BYTES), "AES-GCM", false, ["decrypt"]);
  return { openChunk: (place, chunk) => open(parametersOf(id, place), key, chunk) };
}

async function open(parameters: AesGcmParams, key: CryptoKey, chunk: BufferSource): Promise<Bytes> {
  try {
    return new Uint8Array(await crypto.subtle.decrypt(parameters, key, chunk));
  } catch (cause) {
    throw new SealError("broken", "A part of this clip was changed or is missing.", { cause });
  }
}

/** Nonce: 4 bytes of the id, 8 of the index. Additional data: id, index, and whether the clip ends here. */
function parametersOf(id: Bytes, { index, last }: Place): AesGcmParams {
  const iv = new Uint8Array(NONCE_ID_BYTES + 8);
  iv.set(id.subarray(0, NONCE_ID_BYTES));
  new DataView(iv.buffer).setBigUint64(NONCE_ID_BYTES, BigInt(index));
  const additionalData = new Uint8Array([...id, ...iv.subarray(NONCE_ID_BYTES), last ? 1 : 0]);
  return { name: "AES-GCM", iv, additionalData };
}
