import { PURPOSES, type Consent, type ConsentState, type Purpose } from "@vitrine/core";
import type { Config } from "../config.ts";

/**
 * What the words allow. `pending`: rules run in memory on this page's facts, nothing is written or sent.
 * `open`: events are counted, kept and sent, each with the purposes granted at its capture.
 * `refused`: nothing at all, and nothing stays but the record.
 */
export type Gate = "pending" | "open" | "refused";

/** What the record of a person's words is kept as. */
export interface ConsentRecord {
  words: Consent;
  /** ms since 1970. */
  at: number;
  /** How often all was refused on this device: tells a page that slept over a refusal and the grant after it. */
  refused?: number | undefined;
}

/** Adds words to those given before, if any. Global Privacy Control refuses marketing whatever was said. */
export function joinConsent(old: Readonly<Partial<Consent>>, words: Config["consent"]): Consent {
  const joined = {} as Consent;
  for (const purpose of PURPOSES) {
    const word =
      typeof words !== "string" ? words?.[purpose] : purpose !== "camera" || words !== "granted" ? words : 0;
    joined[purpose] = /^(granted|denied|pending)$/.test(String(word))
      ? (word as ConsentState)
      : (old[purpose] ?? "pending");
  }
  const { globalPrivacyControl } = navigator as Navigator & { globalPrivacyControl?: boolean };
  if (globalPrivacyControl) joined.marketing = "denied";
  return joined;
}

/** The words before any were said on this device. */
export function firstConsent(config: Config): Consent {
  return joinConsent({}, config.consent);
}

/** The purposes granted. */
export function grantedPurposes(consent: Consent): Purpose[] {
  return PURPOSES.filter((purpose) => consent[purpose] === "granted");
}

/** What the words come to for the SDK as a whole: events serve analytics or personalization, or nothing. */
export function gateOf({ analytics, personalization }: Consent): Gate {
  const words = [analytics, personalization];
  return words.includes("granted") ? "open" : words.includes("denied") ? "refused" : "pending";
}
