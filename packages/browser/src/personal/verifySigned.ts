import type { SignedRuleset } from "@vitrine/core";
import { fromBase64Url, toBase64Url } from "../ids.ts";
import { isSignedBy } from "./isSignedBy.ts";

/**
 * Verifies what one of the site's keys signed: ECDSA P-256 over the exact text. Where the envelope names a key it must be by that one,
 * else by any.
 * @param rulesKey public keys, separated by spaces
 * @param maxChars a longer text is refused unread
 * @returns what the text says, whatever that is; undefined for what is not genuine, and for everything where WebCrypto is missing;
 * null where it is by a key that is not among them
 */
export async function verifySigned(
  subtle: SubtleCrypto | undefined,
  signed: unknown,
  rulesKey: string | undefined,
  maxChars: number = Infinity,
): Promise<unknown> {
  let isNamed;
  try {
    const { payload, signature, kid } = signed as SignedRuleset;
    if (payload.length > maxChars) return undefined;
    // Points alone: what else stands there hinders no key.
    for (const key of rulesKey!.match(/B[\w-]{86}/g)!) {
      const digest = await subtle!.digest("SHA-256", fromBase64Url(key)!);
      if (!toBase64Url(new Uint8Array(digest)).startsWith(kid ?? "")) continue;
      if (await isSignedBy(subtle!, key, payload, signature)) return JSON.parse(payload);
      isNamed = true;
    }
    return isNamed ? undefined : null;
  } catch {
    return undefined; // not the shape, no WebCrypto, not a key, not JSON
  }
}
