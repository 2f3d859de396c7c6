import type { Bytes, KeyHandle, Subtle } from "./subtle.ts";

/** What both ends must name alike: `info` is what the key is for, `aad` what stands beside the ciphertext in the open. */
export interface SealContext {
  info: Bytes;
  aad: Bytes;
}

/** A P-256 key pair for ECDH; `publicPoint` is the uncompressed point, 65 bytes. */
export interface RecipientKey {
  privateKey: KeyHandle;
  publicPoint: Bytes;
}

const CURVE = { name: "ECDH", namedCurve: "P-256" };
const POINT_BYTES = 65;
const HASH_BYTES = 32;
const KEY_BYTES = 16;
const NONCE_BYTES = 12;

const join = (...parts: Uint8Array[]): Bytes => {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};
const ascii = (text: string): Bytes => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

const NOTHING = new Uint8Array();
const VERSION = ascii("HPKE-v1");
/** DHKEM(P-256, HKDF-SHA256). */
const KEM = join(ascii("KEM"), Uint8Array.of(0x00, 0x10));
/** That KEM, HKDF-SHA256, AES-128-GCM: the curve is worth 128 bits too. */
const SUITE = join(ascii("HPKE"), Uint8Array.of(0x00, 0x10, 0x00, 0x01, 0x00, 0x01));

/**
 * Seals to a public key; only its owner can open. Each call makes an ephemeral key, so no nonce is used twice.
 * @returns the ephemeral point (65 bytes), then the ciphertext with its tag (16 bytes)
 * @throws DOMException when `publicPoint` is no point of the curve
 * @see RFC 9180: HPKE, mode base, one message
 */
export async function sealTo(
  subtle: Subtle,
  publicPoint: Bytes,
  context: SealContext,
  plain: Bytes,
): Promise<Bytes> {
  const recipient = await subtle.importKey("raw", publicPoint, CURVE, false, []);
  const pair = (await subtle.generateKey(CURVE, true, ["deriveBits"])) as Record<
    "privateKey" | "publicKey",
    KeyHandle
  >;
  const point = new Uint8Array(await subtle.exportKey("raw", pair.publicKey));
  const shared = await agree(subtle, pair.privateKey, recipient, join(point, publicPoint));
  const { key, algorithm } = await schedule(subtle, shared, context);
  return join(point, new Uint8Array(await subtle.encrypt(algorithm, key, plain)));
}

/**
 * Opens what {@link sealTo} made.
 * @throws DOMException when key, context or bytes differ
 */
export async function openSealed(
  subtle: Subtle,
  { privateKey, publicPoint }: RecipientKey,
  context: SealContext,
  sealed: Bytes,
): Promise<Bytes> {
  const point = sealed.slice(0, POINT_BYTES);
  const sender = await subtle.importKey("raw", point, CURVE, false, []);
  const shared = await agree(subtle, privateKey, sender, join(point, publicPoint));
  const { key, algorithm } = await schedule(subtle, shared, context);
  return new Uint8Array(await subtle.decrypt(algorithm, key, sealed.slice(POINT_BYTES)));
}

/** The shared secret of both keys, bound to both points. */
async function agree(subtle: Subtle, own: KeyHandle, other: KeyHandle, points: Bytes): Promise<Bytes> {
  const secret = new Uint8Array(await subtle.deriveBits({ ...CURVE, public: other }, own, HASH_BYTES * 8));
  const extracted = await extract(subtle, KEM, NOTHING, "eae_prk", secret);
  return expand(subtle, KEM, { secret: extracted, label: "shared_secret", info: points, length: HASH_BYTES });
}

async function schedule(subtle: Subtle, shared: Bytes, { info, aad }: SealContext) {
  const mode = Uint8Array.of(0);
  const pskId = await extract(subtle, SUITE, NOTHING, "psk_id_hash", NOTHING);
  const about = join(mode, pskId, await extract(subtle, SUITE, NOTHING, "info_hash", info));
  const secret = await extract(subtle, SUITE, shared, "secret", NOTHING);
  const of = (label: string, length: number) => expand(subtle, SUITE, { secret, label, info: about, length });
  const raw = await of("key", KEY_BYTES);
  const key = await subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  const algorithm = { name: "AES-GCM", iv: await of("base_nonce", NONCE_BYTES), additionalData: aad };
  return { key, algorithm };
}

const extract = (subtle: Subtle, suite: Bytes, salt: Bytes, label: string, input: Bytes) =>
  hmac(subtle, salt, join(VERSION, suite, ascii(label), input));

/** One block is enough: nothing here is longer than a hash. */
async function expand(
  subtle: Subtle,
  suite: Bytes,
  { secret, label, info, length }: { secret: Bytes; label: string; info: Bytes; length: number },
): Promise<Bytes> {
  const wanted = Uint8Array.of(0, length);
  const block = await hmac(
    subtle,
    secret,
    join(wanted, VERSION, suite, ascii(label), info, Uint8Array.of(1)),
  );
  return block.slice(0, length);
}

/** An empty key is as one of zeros (RFC 2104), and Web Crypto takes none that is empty. */
async function hmac(subtle: Subtle, key: Bytes, data: Bytes): Promise<Bytes> {
  const raw = key.length === 0 ? new Uint8Array(HASH_BYTES) : key;
  const imported = await subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await subtle.sign("HMAC", imported, data));
}
