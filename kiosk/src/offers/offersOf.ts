import {
  decide,
  emptyFold,
  SCREEN_ACTIONS,
  type Decision,
  type Ruleset,
  type ScreenOutcome,
} from "@vitrine/core";
import type { Lease } from "../session/lease.ts";

/** More would not be read standing. */
const MAX_OFFERS = 3;

/** What a rule shows on the mirror, and why. */
export interface Offer extends Pick<Decision, "placement" | "because"> {
  outcome: ScreenOutcome;
}

/**
 * Decides here, by the rules that the shop's pages go by, what the mirror shows of what its shopper lent: one offer for each
 * placement that has a rule for mirrors, the highest priority first. Nothing without a profile.
 * @param now ms since 1970
 */
export function offersOf(
  ruleset: Ruleset | undefined,
  lease: Lease | undefined,
  language: string,
  now: number,
): Offer[] {
  if (!ruleset || lease?.state !== "open" || !lease.profile) return [];
  const { profile, id: targetingKey } = lease;
  const granted = Object.keys(profile.consent).filter((purpose) => profile.consent[purpose] === "granted");
  const input = {
    ruleset,
    actions: SCREEN_ACTIONS,
    // The server lends what is known, and keeps the events behind it.
    fold: emptyFold(),
    profile,
    now,
    context: {
      targetingKey,
      session: { isNew: true },
      page: { path: "", query: {}, language },
      channel: "store" as const,
      device: {},
      // That she lent it is her word for this; the server lends nothing of her who refused.
      consent: ["personalization", ...granted],
      shown: {},
    },
  };
  const offers = placementsOf(ruleset).flatMap((placement): Offer[] => {
    const { outcome, because } = decide(placement, input);
    return outcome?.type === "screen" ? [{ placement, because, outcome }] : [];
  });
  return offers.slice(0, MAX_OFFERS);
}

function placementsOf({ rules }: Ruleset): string[] {
  const ofMirrors = rules.filter(({ action }) => action.type === "screen");
  ofMirrors.sort((a, b) => (b.priority ?? 0) - (a.priority ?? 0));
  return [...new Set(ofMirrors.map(({ placement }) => placement))];
}
