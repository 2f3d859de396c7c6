import { HttpProblem } from "../../http/problem.ts";
import type { Answer, RequestContext, Route } from "../../http/route.ts";
import { callingKiosk, kioskPartsOf, releaseKiosk } from "../kioskParts.ts";
import { leaseForKiosk } from "../leaseAnswer.ts";
import type { Lease, Leases } from "../leases.ts";

const KIOSK = { auth: { scope: "kiosk" }, cors: "none" } as const;

/**
 * What a kiosk does with the lease on it. It can lock, extend and end it, and never reopen it: that is the phone's.
 * A kiosk that starts calls `end-all`, because it cannot know what it was in the middle of.
 */
export const leaseRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/kiosk/leases/:id", ...KIOSK, handler: onLease((_, lease) => lease) },
  {
    method: "POST",
    path: "/v1/kiosk/leases/:id/lock",
    ...KIOSK,
    handler: onLease((all, lease) => all.lock(lease)),
  },
  { method: "POST", path: "/v1/kiosk/leases/:id/extend", ...KIOSK, handler: onLease(extend) },
  {
    method: "POST",
    path: "/v1/kiosk/leases/:id/end",
    ...KIOSK,
    handler: onLease((all, lease) => all.end(lease)),
  },
  { method: "POST", path: "/v1/kiosk/leases/end-all", ...KIOSK, handler: endAll },
];

/** An endpoint that does something with the kiosk's own lease, and tells what it is then. */
function onLease(change: (leases: Leases, lease: Lease) => Lease): (context: RequestContext) => Answer {
  return (context) => {
    const { services, params } = context;
    const { leases } = kioskPartsOf(services);
    const lease = leases.ofKiosk(callingKiosk(context).id, params.id ?? "");
    if (!lease) throw new HttpProblem(404, "unknown_lease", "It has ended; pair anew.");
    return { status: 200, body: leaseForKiosk(services, change(leases, lease)) };
  };
}

function extend(leases: Leases, lease: Lease): Lease {
  const extended = leases.extend(lease);
  if (extended) return extended;
  throw new HttpProblem(409, "no_extension", "It is not open, or was extended ten times already.");
}

function endAll(context: RequestContext): Answer {
  releaseKiosk(context.services, callingKiosk(context).id);
  return { status: 204 };
}
