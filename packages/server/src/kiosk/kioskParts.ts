import { HttpProblem, tryLater } from "../http/problem.ts";
import { createRateLimit, type RateLimit } from "../http/rateLimit.ts";
import type { RequestContext } from "../http/route.ts";
import { callerOf } from "../routes/adminInput.ts";
import type { Services } from "../services.ts";
import { createCommands, type Commands } from "./commands.ts";
import { createKiosks, type Kiosk, type Kiosks } from "./kiosks.ts";
import { createLeases, type Leases } from "./leases.ts";
import { createSealOpener, type SealOpener } from "./openSealedEvents.ts";
import { createPairings, type Pairings } from "./pairings.ts";

/** What the endpoints of kiosks work on. */
export interface KioskParts {
  kiosks: Kiosks;
  commands: Commands;
  pairings: Pairings;
  leases: Leases;
  openSealed: SealOpener;
  /** Attempts at codes, by address. */
  attempts: { enrolment: RateLimit; pairing: RateLimit };
  /** Requests, by kiosk or by the phone's address. */
  requests: RateLimit;
}

/** Attempts a second, sustained; ten times that at once. A whole shop's guests may share an address. */
const ENROLMENTS_PER_SECOND = 0.5;
const PAIRINGS_PER_SECOND = 5;
const REQUESTS_PER_SECOND = 50;

const known = new WeakMap<Services, KioskParts>();

/** The kiosks of a running server; opened at first use. */
export function kioskPartsOf(services: Services): KioskParts {
  let parts = known.get(services);
  if (!parts) known.set(services, (parts = createParts(services)));
  return parts;
}

function createParts(services: Services): KioskParts {
  const { clock, random } = services;
  const createId = () => random(16).toString("base64url");
  return {
    kiosks: createKiosks(services),
    commands: createCommands(services),
    pairings: createPairings(clock, createId),
    leases: createLeases(clock, createId),
    openSealed: createSealOpener(services.secrets.eventKey),
    attempts: {
      enrolment: createRateLimit(ENROLMENTS_PER_SECOND, clock),
      pairing: createRateLimit(PAIRINGS_PER_SECOND, clock),
    },
    requests: createRateLimit(REQUESTS_PER_SECOND, clock),
  };
}

/**
 * The kiosk that calls, by the key it got when it was enrolled.
 * @throws HttpProblem 403 for a key that has the scope but is no kiosk's
 */
export function callingKiosk(context: RequestContext): Kiosk {
  const { kiosks, requests } = kioskPartsOf(context.services);
  const kiosk = kiosks.ofKey(callerOf(context).keyId);
  if (!kiosk)
    throw new HttpProblem(403, "not_a_kiosk", "This key is no kiosk's; enrol the kiosk to get its own.");
  slowDown(requests, kiosk.id);
  return kiosk;
}

/** Ends what a kiosk has of shoppers: the lease on it, and the codes that somebody could still confirm. */
export function releaseKiosk(services: Services, kioskId: string): void {
  const { leases, pairings } = kioskPartsOf(services);
  leases.endAll(kioskId);
  pairings.dropAll(kioskId);
}

/** @throws HttpProblem 429 when this caller asks too often */
export function slowDown(limit: RateLimit, caller: string): void {
  const seconds = limit.take(caller, 1);
  if (seconds > 0) throw tryLater(429, "rate", "Too many attempts. Wait, then try again.", seconds);
}
