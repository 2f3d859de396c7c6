import { isObject, type Ruleset } from "@vitrine/core";
import { verifySigned } from "./verifySigned.ts";

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
  const ruleset = (await verifySigned(subtle, signed, rulesKey)) as Ruleset | undefined;
  const isOurs = isObject(ruleset) && (site ?? ruleset.site) === ruleset.site && Array.isArray(ruleset.rules);
  return isOurs && ruleset.version >= minVersion && ruleset.notAfter > now ? ruleset : undefined;
}
