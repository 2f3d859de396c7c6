/** Bytes as base64url without padding (RFC 4648 section 5). */
export function toBase64url(bytes: ArrayBuffer | Uint8Array): string {
  return Buffer.from(bytes as Uint8Array).toString("base64url");
}

/**
 * Strict: undefined for any text that the same bytes would not be written as. Lenient decoders skip line breaks and
 * ignore the spare bits of the last character, which would give one signature many spellings.
 */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = Buffer.from(text, "base64url");
  return toBase64url(bytes) === text ? new Uint8Array(bytes) : undefined;
}
