import type { SignedRuleset } from "@vitrine/core";
import { isSignedBy } from "./isSignedBy.ts";

/**
 * Verifies what the site's key signed: ECDSA P-256 over the exact text.
 * @returns what the text says, whatever that is; undefined for what is not genuine, and for everything where WebCrypto is missing
 */
export async function verifySigned(
  subtle: SubtleCrypto | undefined,
  signed: unknown,
  rulesKey: string | undefined,
): Promise<unknown> {
  try {
    const { payload, signature } = signed as SignedRuleset;
    const isGenuine = await isSignedBy(subtle!, rulesKey!, payload, signature);
    return isGenuine ? JSON.parse(payload) : undefined;
  } catch {
    return undefined; // not the shape, no WebCrypto, not a key, not JSON
  }
}
