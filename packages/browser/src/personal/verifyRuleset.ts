import { isObject, MAX_RULESET_CHARS, type Ruleset } from "@vitrine/core";
import { verifySigned } from "./verifySigned.ts";

/** What a ruleset is checked against. */
export interface RulesCheck {
  /** The site of the ruleset before; the key, which each site has of its own, binds the first one. */
  site: string | undefined;
  /** Raw P-256 points in base64url, separated by spaces: any of them may have signed. */
  rulesKey: string | undefined;
  /** Versions below are refused: a replay. */
  minVersion: number;
  now: number;
}

/**
 * Verifies a ruleset: length, ECDSA P-256 over the exact text, then site, version and expiry.
 * @returns undefined for anything that must not be applied, and everything where WebCrypto is missing.
 */
export async function verifyRuleset(
  subtle: SubtleCrypto | undefined,
  signed: unknown,
  check: RulesCheck,
): Promise<Ruleset | undefined> {
  return checkRuleset(await verifySigned(subtle, signed, check.rulesKey, MAX_RULESET_CHARS), check);
}

/** Checks what is known to be genuine: whether it is a ruleset, of this site, not older and not past its end. */
export function checkRuleset(
  said: unknown,
  { site, minVersion, now }: Omit<RulesCheck, "rulesKey">,
): Ruleset | undefined {
  const ruleset = said as Ruleset;
  const isOurs = isObject(said) && (site ?? ruleset.site) === ruleset.site && Array.isArray(ruleset.rules);
  return isOurs && ruleset.version >= minVersion && ruleset.notAfter > now ? ruleset : undefined;
}
