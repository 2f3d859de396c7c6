import { isObject, type Json } from "@vitrine/core";
import { parseJson } from "../../http/body.ts";
import { HttpProblem } from "../../http/problem.ts";
import type { Answer, RequestContext, Route } from "../../http/route.ts";
import { callingKiosk, kioskPartsOf } from "../kioskParts.ts";
import { endedLease, leaseForKiosk } from "../leaseAnswer.ts";
import type { Lease, Leases } from "../leases.ts";

const KIOSK = { auth: { scope: "kiosk" }, cors: "none" } as const;

/**
 * What a kiosk does with the lease on it. It can lock, touch, extend and end it, and never reopen it: that is the phone's.
 * A lease that is not known, or is another kiosk's, has ended as far as this kiosk is concerned, and the answer says so.
 */
export const leaseRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/kiosk/leases/:id", ...KIOSK, handler: onLease((_, lease) => lease) },
  {
    method: "POST",
    path: "/v1/kiosk/leases/:id/lock",
    ...KIOSK,
    handler: lock,
  },
  {
    method: "POST",
    path: "/v1/kiosk/leases/:id/touch",
    ...KIOSK,
    handler: onLease((all, lease) => all.touch(lease)),
  },
  { method: "POST", path: "/v1/kiosk/leases/:id/extend", ...KIOSK, handler: onLease(extend) },
  {
    method: "POST",
    path: "/v1/kiosk/leases/:id/end",
    ...KIOSK,
    handler: onLease((all, lease) => all.end(lease)),
  },
];

/** An endpoint that does something with the kiosk's own lease, and tells what it is then. */
function onLease(change: (leases: Leases, lease: Lease) => Lease): (context: RequestContext) => Answer {
  return (context) => {
    const { services, params } = context;
    const { leases } = kioskPartsOf(services);
    const id = params.id ?? "";
    const lease = leases.ofKiosk(callingKiosk(context).id, id);
    const body = lease ? leaseForKiosk(services, change(leases, lease)) : endedLease(services, id);
    return { status: 200, body };
  };
}

async function lock(context: RequestContext): Promise<Answer> {
  const body = await context.body();
  const era =
    body.length > 0 ? readEra(parseJson(body, context.services.settings.limits.maxDepth)) : undefined;
  return onLease((leases, lease) => leases.lock(lease, era))(context);
}

/** A kiosk that counts no locks sends none: each of its locks is a new one. */
function readEra(body: Json): number | undefined {
  if (isObject(body)) {
    const { era } = body;
    if (era === undefined || (typeof era === "number" && Number.isSafeInteger(era) && era > 0)) return era;
  }
  throw new HttpProblem(400, "bad_request", 'The body is a JSON object; "era", where given, a count from 1.');
}

function extend(leases: Leases, lease: Lease): Lease {
  const extended = leases.extend(lease);
  if (extended) return extended;
  throw new HttpProblem(409, "no_extension", "It is not open, or was extended ten times already.");
}
