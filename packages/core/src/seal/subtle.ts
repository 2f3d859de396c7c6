/** A key as Web Crypto gives it; nobody looks into it. */
export type KeyHandle = object;

/** Bytes that are no view of shared memory, as Web Crypto wants them. */
export type Bytes = Uint8Array<ArrayBuffer>;

type Algorithm = object | string;
type Usage = "decrypt" | "deriveBits" | "encrypt" | "sign";

/** What sealing takes of Web Crypto's `SubtleCrypto`; each platform brings its own, with its randomness. */
export interface Subtle {
  generateKey(algorithm: Algorithm, extractable: boolean, usages: Usage[]): Promise<unknown>;
  importKey(
    format: "raw",
    data: Bytes,
    algorithm: Algorithm,
    extractable: boolean,
    usages: Usage[],
  ): Promise<KeyHandle>;
  exportKey(format: "raw", key: KeyHandle): Promise<ArrayBuffer>;
  deriveBits(algorithm: Algorithm, key: KeyHandle, length: number): Promise<ArrayBuffer>;
  sign(algorithm: Algorithm, key: KeyHandle, data: Bytes): Promise<ArrayBuffer>;
  encrypt(algorithm: Algorithm, key: KeyHandle, data: Bytes): Promise<ArrayBuffer>;
  decrypt(algorithm: Algorithm, key: KeyHandle, data: Bytes): Promise<ArrayBuffer>;
}
