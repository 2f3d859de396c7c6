/** Bytes as base64url without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replace(/[+/=]/g, (char) => "-_"["+/".indexOf(char)] ?? "");
}

/**
 * Strict base64url: only the text that {@link toBase64Url} would give is accepted, so a signature has one spelling.
 * @returns undefined for anything else.
 */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const binary = atob(text.replace(/[-_]/g, (char) => (char === "-" ? "+" : "/")));
    const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
    return toBase64Url(bytes) === text ? bytes : undefined;
  } catch {
    return undefined; // atob refuses characters outside the alphabet
  }
}

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, "0");

/**
 * Creates a page's message ids: UUIDv7, each larger than the one before, also within a millisecond and when the
 * clock goes back. Folds break ties of time by message id, so the later of two clicks must have the larger one.
 * The random part is one for the page, as time and count tell its ids apart: capture must cost microseconds.
 * @param random 8 bytes
 * @see RFC 9562 section 6.2, method 1
 */
export function createMessageIds(random: Uint8Array): (nowMs: number) => string {
  let lastMs = 0;
  let count = 0;
  const digits = Array.from(random, (byte) => hex(byte, 2)).join("");
  const tail = digits.replace(/.(.{3})/, "-8$1-");
  return (nowMs) => {
    count++;
    if (nowMs > lastMs || count > 4095) {
      lastMs = Math.max(nowMs, lastMs + 1);
      count = 0;
    }
    return hex(lastMs, 12).replace(/.{8}/, "$&-") + `-7${hex(count, 3)}${tail}`;
  };
}

/**
 * The message id of an order, the same on every page, tab and device, made without waiting for a digest. It spreads
 * ids and guards no secret: 4 x 32 bits of FNV-1a from different starts, finished as in MurmurHash3.
 */
export function orderMessageId(site: string, orderId: string): string {
  let digits = "";
  for (let part = 0; part < 4; part++) {
    let hash = 0x811c9dc5 + part;
    for (const char of `${site} ${orderId}`)
      hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193 + part * 2);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    digits += hex((hash ^ (hash >>> 13)) >>> 0, 8);
  }
  return digits.replace(/(.{8})(.{4}).(.{3}).(.{3})/, "$1-$2-8$3-8$4-");
}
