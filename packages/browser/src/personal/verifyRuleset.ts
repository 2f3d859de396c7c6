import { isObject, type Ruleset, type SignedRuleset } from "@vitrine/core";
import { fromBase64Url } from "../ids.ts";

/** What a ruleset is checked against. */
export interface RulesCheck {
  /** The site of the ruleset before; the key, which each site has of its own, binds the first one. */
  site: string | undefined;
  /** Raw P-256 point, base64url. */
  rulesKey: string | undefined;
  /** Versions below are refused: a replay. */
  minVersion: number;
  now: number;
}

/**
 * Verifies a ruleset: ECDSA P-256 over the exact text, then site, version and expiry.
 * @returns undefined for anything that must not be applied, and everything where WebCrypto is missing.
 */
export async function verifyRuleset(
  subtle: SubtleCrypto | undefined,
  signed: unknown,
  { site, rulesKey, minVersion, now }: RulesCheck,
): Promise<Ruleset | undefined> {
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
    if (!isGenuine) return undefined;
    const ruleset = JSON.parse(payload) as Ruleset;
    const isOurs =
      isObject(ruleset) && (site ?? ruleset.site) === ruleset.site && Array.isArray(ruleset.rules);
    return isOurs && ruleset.version >= minVersion && ruleset.notAfter > now ? ruleset : undefined;
  } catch {
    return undefined; // not the shape, no WebCrypto, not a key, not JSON
  }
}
