import type { Ruleset, SignedRuleset } from "@vitrine/core";
import { toBase64Url } from "../../../packages/browser/src/ids.ts";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

/** Signs rulesets as the server does. */
export interface Signer {
  rulesKey: string;
  /** The key's name. */
  kid: string;
  sign: (ruleset: Partial<Ruleset>) => Promise<SignedRuleset>;
}

/** Makes a signer with a key pair of its own. */
export async function createSigner(): Promise<Signer> {
  const { publicKey, privateKey } = await crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const point = await crypto.subtle.exportKey("raw", publicKey);
  const kid = toBase64Url(new Uint8Array(await crypto.subtle.digest("SHA-256", point))).slice(0, 8);
  return {
    rulesKey: toBase64Url(new Uint8Array(point)),
    kid,
    sign: async (ruleset) => {
      const payload = JSON.stringify({ site: "main", version: 1, notAfter: 4e12, rules: [], ...ruleset });
      const signature = await crypto.subtle.sign(ALGORITHM, privateKey, new TextEncoder().encode(payload));
      return { payload, signature: toBase64Url(new Uint8Array(signature)), kid };
    },
  };
}
