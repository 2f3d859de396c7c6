import { profileView, type ProfileView } from "@vitrine/core";
import { foldOf } from "../identity/person.ts";
import type { Services } from "../services.ts";
import type { Lease } from "./leases.ts";

/**
 * What a kiosk may know of the shopper in front of it, in the form that rules read: sizes, what she looked at, her cart.
 * Others can see a mirror, so it holds no traits, contacts, searches, lists with their notes, or orders.
 * @returns undefined unless the lease is open, its scope has the profile, and she has not refused personalization
 */
export function kioskProfile(services: Services, lease: Lease): ProfileView | undefined {
  if (lease.state !== "open" || lease.phone === undefined || !lease.scope.includes("profile"))
    return undefined;
  const profile = profileOfPhone(services, lease.siteId, lease.phone);
  if (isRefused(profile)) return undefined;
  return {
    ...profile,
    traits: {},
    searches: [],
    filters: [],
    lists: [],
    orders: [],
    loyalty: undefined,
    surveys: [],
  };
}

/** False once she has refused personalization. */
export const mayShow = (services: Services, siteId: string, phone: string): boolean =>
  !isRefused(profileOfPhone(services, siteId, phone));

function profileOfPhone({ collector, clock }: Services, siteId: string, phone: string): ProfileView {
  const members = collector.graph.members(siteId, `anonymous:${phone}`);
  return profileView(foldOf(collector, siteId, members), clock());
}

const isRefused = ({ consent }: ProfileView): boolean => consent["personalization"] === "denied";
