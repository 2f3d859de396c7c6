import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
} from "node:crypto";

/** Makes a P-256 key pair. */
export function newKeyPair(): KeyObject {
  return generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
}

/** Reads a private key that is kept as JWK. @throws what `node:crypto` throws for anything else */
export function readKeyPair(jwk: JsonWebKey): KeyObject {
  return createPrivateKey({ key: jwk, format: "jwk" });
}

/** The uncompressed public point, 65 bytes, base64url. */
export function publicPointOf({ x, y }: JsonWebKey): string {
  const bytes = ["BA", x!, y!].map((part) => Buffer.from(part, "base64url"));
  return Buffer.concat(bytes).toString("base64url");
}

/** Names a public key: the first 8 characters of base64url(SHA-256(raw point)). */
export function kidOf(publicPoint: string): string {
  return createHash("sha256").update(publicPoint, "base64url").digest("base64url").slice(0, 8);
}
