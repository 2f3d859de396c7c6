import { createHmac } from "node:crypto";

/** Namespaces whose ids are public within the shop; all others are personal. */
const OPEN_NAMESPACES = new Set(["anonymous", "user"]);

/** Namespaces that an `externalIds` entry may name. */
const NAMESPACE = /^[a-z][a-z0-9_]{0,31}$/;

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
/** With its country code only: digits alone are how shops number their customers. */
const PHONE = /^(\+|00)[\d\s().\-/]{8,22}$/;

/** Longest e-mail address, RFC 5321. */
const MAX_ADDRESS = 320;

/** True for an id that is an address of a person rather than a number of a shop. */
export function looksPersonal(id: string): boolean {
  // Bounded, because the pattern of an address tries every dot of what is none.
  return id.length <= MAX_ADDRESS && (EMAIL.test(id) || PHONE.test(id));
}

/** The key of an identity: `namespace:id`, the id hashed where it is personal. */
export function identityKey(namespace: string, id: string, hashKey: Buffer): string {
  return `${namespace}:${safeId(namespace, id, hashKey)}`;
}

/** True when `type` may stand before an id from outside. */
export function isExternalNamespace(type: unknown): type is string {
  return typeof type === "string" && NAMESPACE.test(type) && !OPEN_NAMESPACES.has(type);
}

/**
 * An id as it may be kept: as it is, or as `h_` and an HMAC-SHA-256 under the site's key where it is personal.
 * Equal addresses in different spellings have one hash.
 */
export function safeId(namespace: string, id: string, hashKey: Buffer): string {
  if (OPEN_NAMESPACES.has(namespace) && !looksPersonal(id)) return id;
  const kind = EMAIL.test(id) ? "email" : PHONE.test(id) || namespace === "phone" ? "phone" : namespace;
  return `h_${createHmac("sha256", hashKey)
    .update(`${kind}\n${normalPersonal(kind, id)}`)
    .digest("base64url")
    .slice(0, 32)}`;
}

/** One spelling for one address. */
export function normalPersonal(kind: string, id: string): string {
  if (kind === "phone") return id.replace(/[^\d+]/g, "").replace(/^00/, "+");
  const text = id.normalize("NFKC").trim();
  return kind === "email" ? text.toLowerCase() : text.replace(/\s+/g, "");
}

/** Splits an identity key. */
export function splitIdentity(identity: string): { namespace: string; id: string } {
  const at = identity.indexOf(":");
  return { namespace: identity.slice(0, at), id: identity.slice(at + 1) };
}
