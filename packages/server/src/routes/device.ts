import { isObject } from "@vitrine/core";
import { isOwnOrigin } from "../http/cors.ts";
import { HttpProblem } from "../http/problem.ts";
import type { Answer, RequestContext, Route } from "../http/route.ts";
import { isDeviceSecret } from "../identity/deviceId.ts";

/** `POST /v1/device`: keeps a device's secret in a first-party cookie, and gives it back to an emptied browser. */
export const deviceRoutes: readonly Route[] = [
  { method: "POST", path: "/v1/device", auth: "none", cors: "open", handler: keepOrRestore },
];

const COOKIE = "vitrine_device";
/** The longest life browsers give a cookie: 400 days. */
const MAX_AGE_S = 400 * 86_400;

async function keepOrRestore(context: RequestContext): Promise<Answer> {
  const { request, services } = context;
  const { origins, cookieDomain } = services.settings;
  // The answer may hold the secret, so only a page that was named may ask: an open list is not enough here.
  if (
    !request.headers.origin ||
    !(origins.includes(request.headers.origin) || isOwnOrigin(request)) ||
    isCrossSite(context)
  ) {
    throw new HttpProblem(
      403,
      "origin_not_allowed",
      "Add this page's origin to the server's list of origins.",
    );
  }
  const body = await context.json();
  if (!isObject(body)) throw new HttpProblem(400, "malformed_json", "Send {writeKey, device?} as JSON.");
  if (typeof body.writeKey !== "string" || !services.keys.check(body.writeKey)) {
    throw new HttpProblem(401, "unknown_key", "Give the site key (vs_…) as writeKey.");
  }
  if (body.device === undefined || body.device === null) return restore(request.headers.cookie);
  if (typeof body.device !== "string" || !isDeviceSecret(body.device)) {
    throw new HttpProblem(400, "malformed_device", "device is the secret: 32 bytes in base64url.");
  }
  const domain = cookieDomain === undefined ? "" : `; Domain=${cookieDomain}`;
  const cookie = `${COOKIE}=${body.device}; Max-Age=${MAX_AGE_S}; Path=/; HttpOnly; Secure; SameSite=Lax${domain}`;
  return { status: 204, headers: { "Set-Cookie": cookie } };
}

/** Browsers say so themselves; those that do not are held by `SameSite`. */
function isCrossSite({ request }: RequestContext): boolean {
  const site = request.headers["sec-fetch-site"];
  return site !== undefined && site !== "same-origin" && site !== "same-site";
}

function restore(cookies: string | undefined): Answer {
  const device = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]{43})(?:;|$)`).exec(cookies ?? "")?.[1];
  return device === undefined ? { status: 204 } : { status: 200, body: { device } };
}
