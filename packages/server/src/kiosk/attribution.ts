import { PURPOSES, type Purpose } from "@vitrine/core";
import type { Services } from "../services.ts";
import { seal, unseal } from "../site/seal.ts";
import { kioskProfile, mayShow } from "./kioskProfile.ts";
import type { Kiosk } from "./kiosks.ts";
import type { Lease } from "./leases.ts";

/** To whom a kiosk's events may be added, and what she had allowed when they were made. */
export interface Attribution {
  /** Anonymous id of her phone. */
  phone: string;
  consent: Purpose[];
}

/**
 * The server's word that events of this lease are hers, sealed so that only it can read whose. A kiosk that was offline for a
 * day brings it back long after the lease has gone from memory, and no list of who stood where is kept for that.
 * @returns undefined unless she lends her profile now
 */
export function writeAttribution(services: Services, lease: Lease): string | undefined {
  const profile = kioskProfile(services, lease);
  if (!profile || lease.phone === undefined) return undefined;
  const consent = PURPOSES.filter((purpose) => profile.consent[purpose] === "granted");
  const plain = Buffer.from(JSON.stringify({ phone: lease.phone, consent } satisfies Attribution));
  const { secrets, random } = services;
  return seal(secrets.masterKey, plain, about(lease.siteId, lease.kioskId), random).toString("base64url");
}

/**
 * Reads what this server wrote for this kiosk.
 * @returns undefined for anything else, and once she has refused personalization
 */
export function readAttribution(services: Services, kiosk: Kiosk, text: string): Attribution | undefined {
  let attribution: Attribution;
  try {
    const sealed = Buffer.from(text, "base64url");
    const plain = unseal(services.secrets.masterKey, sealed, about(kiosk.siteId, kiosk.id));
    attribution = JSON.parse(plain.toString()) as Attribution;
  } catch {
    return undefined;
  }
  return mayShow(services, kiosk.siteId, attribution.phone) ? attribution : undefined;
}

const about = (siteId: string, kioskId: string): string => `attribution ${siteId} ${kioskId}`;
