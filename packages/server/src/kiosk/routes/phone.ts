import { isObject, type JsonObject } from "@vitrine/core";
import { checkOrigin } from "../../http/cors.ts";
import { HttpProblem } from "../../http/problem.ts";
import type { Answer, RequestContext, Route } from "../../http/route.ts";
import { deviceIdOf, isDeviceSecret } from "../../identity/deviceId.ts";
import { kioskPartsOf, slowDown } from "../kioskParts.ts";
import { leaseForPhone, placeOf } from "../leaseAnswer.ts";
import type { Lease, LeaseScope } from "../leases.ts";

const PHONE = { method: "POST", auth: "none", cors: "open" } as const;

/**
 * The shopper's phone, on the shop's own origin. All are posts without a preflight: codes, leases and secrets stand in
 * the body, where no log keeps them.
 */
export const phoneRoutes: readonly Route[] = [
  { ...PHONE, path: "/v1/pairings/read", handler: readCode },
  { ...PHONE, path: "/v1/pairings/confirm", handler: confirm },
  { ...PHONE, path: "/v1/leases/read", handler: onOwnLease((_, lease) => lease) },
  { ...PHONE, path: "/v1/leases/reopen", handler: onOwnLease(({ leases }, lease) => leases.reopen(lease)) },
  { ...PHONE, path: "/v1/leases/end", handler: onOwnLease(({ leases }, lease) => leases.end(lease)) },
];

/** Which mirror a code belongs to, so that the shopper can see that it is the one in front of her. Spends nothing. */
async function readCode(context: RequestContext): Promise<Answer> {
  const { services, address } = context;
  const { pairings, attempts } = kioskPartsOf(services);
  slowDown(attempts.pairing, address);
  const { code } = await readBody(context);
  const pairing = typeof code === "string" ? pairings.find(code) : undefined;
  if (!pairing) throw unknownCode();
  return { status: 200, body: { kiosk: placeOf(services, pairing), expiresAt: pairing.expiresAt } };
}

async function confirm(context: RequestContext): Promise<Answer> {
  const { services, address } = context;
  const { pairings, leases, attempts } = kioskPartsOf(services);
  slowDown(attempts.pairing, address);
  const body = await readBody(context);
  const phone = readPhone(body);
  const scope = readScope(body);
  let lease: Lease | undefined;
  if (typeof body.code === "string")
    pairings.spend(body.code, ({ kioskId, siteId }) => {
      lease = leases.start({ kioskId, siteId, phone, scope });
      return lease.id;
    });
  if (!lease) throw unknownCode();
  return { status: 201, body: leaseForPhone(services, lease) };
}

/** An endpoint for the phone that holds the lease; to every other one there is no such lease. */
function onOwnLease(
  change: (parts: ReturnType<typeof kioskPartsOf>, lease: Lease) => Lease,
): (context: RequestContext) => Promise<Answer> {
  return async (context) => {
    const { services, address } = context;
    const parts = kioskPartsOf(services);
    slowDown(parts.requests, address);
    const body = await readBody(context);
    const phone = readPhone(body);
    const lease = typeof body.lease === "string" ? parts.leases.ofPhone(phone, body.lease) : undefined;
    if (!lease)
      throw new HttpProblem(404, "unknown_lease", "It has ended. Scan the mirror's code to pair anew.");
    return { status: 200, body: leaseForPhone(services, change(parts, lease)) };
  };
}

async function readBody(context: RequestContext): Promise<JsonObject> {
  checkOrigin(context.request, context.services.settings.origins);
  const body = await context.json();
  if (isObject(body)) return body;
  throw new HttpProblem(400, "bad_request", "The body must be a JSON object.");
}

/** The anonymous id that the phone's secret certifies: whoever has the secret is the phone. */
function readPhone({ device }: JsonObject): string {
  if (typeof device === "string" && isDeviceSecret(device)) return deviceIdOf(device);
  throw new HttpProblem(400, "malformed_device", "device is the secret: 32 bytes in base64url.");
}

function readScope({ scope }: JsonObject): LeaseScope[] {
  const words = Array.isArray(scope) ? scope : [];
  const isKnown = words.length > 0 && words.every((word) => word === "looks" || word === "profile");
  if (isKnown && words.includes("looks")) return words.includes("profile") ? ["profile", "looks"] : ["looks"];
  throw new HttpProblem(400, "bad_request", '"scope" must be ["looks"] or ["profile", "looks"].');
}

const unknownCode = (): HttpProblem =>
  new HttpProblem(
    404,
    "unknown_code",
    "This code is used or older than a minute. Scan the mirror's new one.",
  );
