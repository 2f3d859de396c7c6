import type { SignedRuleset } from "@vitrine/core";
import { fromBase64Url } from "../ids.ts";

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
    const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
    const key = await subtle!.importKey("raw", fromBase64Url(rulesKey!)!, algorithm, false, ["verify"]);
    const isGenuine = await subtle!.verify(
      algorithm,
      key,
      fromBase64Url(signature)!,
      new TextEncoder().encode(payload),
    );
    return isGenuine ? JSON.parse(payload) : undefined;
  } catch {
    return undefined; // not the shape, no WebCrypto, not a key, not JSON
  }
}
