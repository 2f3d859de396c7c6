import type { Answer, RequestContext, Route } from "../../http/route.ts";
import { callingKiosk, kioskPartsOf } from "../kioskParts.ts";
import { leaseForKiosk } from "../leaseAnswer.ts";
import { pairingUrl } from "../mirrorUrl.ts";

const KIOSK = { auth: { scope: "kiosk" }, cors: "none" } as const;

/** A kiosk asks for a code to show, and what became of it. */
export const pairingRoutes: readonly Route[] = [
  { method: "POST", path: "/v1/kiosk/pairings", ...KIOSK, handler: createPairing },
  { method: "GET", path: "/v1/kiosk/pairings/:id", ...KIOSK, handler: readPairing },
];

function createPairing(context: RequestContext): Answer {
  const { services } = context;
  const { id, code, expiresAt } = kioskPartsOf(services).pairings.create(callingKiosk(context));
  return { status: 201, body: { id, url: pairingUrl(services.settings, code), expiresAt } };
}

function readPairing(context: RequestContext): Answer {
  const { services, params } = context;
  const { pairings, leases } = kioskPartsOf(services);
  const kiosk = callingKiosk(context);
  const pairing = pairings.ofKiosk(kiosk.id, params.id ?? "");
  const lease = leases.ofKiosk(kiosk.id, pairing?.leaseId ?? "");
  if (lease) return { status: 200, body: { state: "confirmed", lease: leaseForKiosk(services, lease) } };
  return { status: 200, body: { state: pairing && pairings.isOpen(pairing) ? "waiting" : "expired" } };
}
