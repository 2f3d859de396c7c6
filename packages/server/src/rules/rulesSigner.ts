import { sign, webcrypto, type KeyObject } from "node:crypto";
import type { SignedRuleset } from "@vitrine/core";
import { kidOf } from "../site/keyPair.ts";
import { fromBase64url, toBase64url } from "./base64url.ts";

/** Signs rulesets with the site's key. */
export interface RulesSigner {
  /** Names the public key: the first 8 characters of base64url(SHA-256(raw point)). */
  kid: string;
  /** The raw public point (65 bytes) in base64url, as the SDK's configuration wants it. */
  publicPoint: string;
  /** Signs the exact text; 64 bytes r ‖ s (IEEE P1363), the form that WebCrypto verifies. */
  sign(payload: string): SignedRuleset;
}

/** A key pair of which the public half is known by its point. */
interface SigningKey {
  privateKey: KeyObject;
  publicPoint: string;
}

/** Creates the signer of a key pair. */
export function createRulesSigner({ privateKey, publicPoint }: SigningKey): RulesSigner {
  const kid = kidOf(publicPoint);
  return {
    kid,
    publicPoint,
    sign(payload) {
      const signature = sign("sha256", Buffer.from(payload), { key: privateKey, dsaEncoding: "ieee-p1363" });
      return { payload, signature: toBase64url(signature), kid };
    },
  };
}

/**
 * Verifies a signed ruleset with a raw public point, as strictly as a device does: an encoding that does not read
 * back to the same text is refused, so that one signature has one spelling.
 */
export async function verifyRuleset(signed: SignedRuleset, publicPoint: string): Promise<boolean> {
  const point = fromBase64url(publicPoint);
  const signature = fromBase64url(signed.signature);
  if (!point || signature?.length !== 64) return false;
  const { subtle } = webcrypto;
  const key = await subtle.importKey("raw", point, { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
  return subtle.verify(
    { name: "ECDSA", hash: "SHA-256" },
    key,
    signature,
    new TextEncoder().encode(signed.payload),
  );
}
