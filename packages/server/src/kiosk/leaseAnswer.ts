import type { ProfileView } from "@vitrine/core";
import type { Services } from "../services.ts";
import { writeAttribution } from "./attribution.ts";
import { kioskProfile } from "./kioskProfile.ts";
import { kioskPartsOf } from "./kioskParts.ts";
import type { Lease } from "./leases.ts";

/** A lease as its kiosk reads it: nothing names the phone. */
export interface KioskLease extends Pick<Lease, "id" | "scope" | "state" | "until" | "extensionsLeft"> {
  /** ms until `until`: a kiosk's clock may be wrong. */
  left: number;
  profile?: ProfileView;
  /** For the kiosk's try-on events; says nothing to the kiosk. */
  attribution?: string;
  /** There is no such lease of this kiosk. It ended, or this server was restarted since: nobody knows what her phone wants. */
  unknown?: true;
}

/** A lease as its phone reads it. */
export interface PhoneLease {
  lease: string;
  state: Lease["state"];
  until: number;
  scope: Lease["scope"];
  kiosk: { name: string; store: string };
}

/** Tells a kiosk of its lease, with what it may know of the shopper now. */
export function leaseForKiosk(services: Services, lease: Lease): KioskLease {
  const { id, scope, state, until, extensionsLeft } = lease;
  const left = Math.max(0, until - services.clock());
  const profile = kioskProfile(services, lease);
  const attribution = writeAttribution(services, lease);
  return {
    id,
    scope,
    state,
    until,
    left,
    extensionsLeft,
    ...(profile && { profile }),
    ...(attribution !== undefined && { attribution }),
  };
}

/** Tells a kiosk of a lease that is not known, or not any more. To one that does not read `unknown`, it has ended. */
export function endedLease({ clock }: Services, id: string): KioskLease {
  return { id, scope: [], state: "ended", until: clock(), left: 0, extensionsLeft: 0, unknown: true };
}

/** Tells a phone of its lease. */
export function leaseForPhone(services: Services, lease: Lease): PhoneLease {
  const { id, state, until, scope } = lease;
  return { lease: id, state, until, scope, kiosk: placeOf(services, lease) };
}

/** What a phone is told of a kiosk: what it is called and where it stands. */
export function placeOf(
  services: Services,
  { siteId, kioskId }: Pick<Lease, "siteId" | "kioskId">,
): { name: string; store: string } {
  const { name = "", store = "" } = kioskPartsOf(services).kiosks.find(siteId, kioskId) ?? {};
  return { name, store };
}
