import { deviceIdOf, isDeviceSecret } from "../identity/deviceId.ts";
import { checkOrigin } from "./cors.ts";
import { bearerOf } from "./keyOf.ts";
import { HttpProblem } from "./problem.ts";
import type { RequestContext } from "./route.ts";

/** The site whose key stands in the query. @throws HttpProblem 401, 403 */
export function readSite({ request, url, services }: RequestContext): string {
  checkOrigin(request, services.settings.origins);
  const principal = services.keys.check(url.searchParams.get("site") ?? "");
  if (!principal) throw new HttpProblem(401, "unknown_key", "Send the site key: ?site=vs_…");
  return principal.siteId;
}

/**
 * The anonymous id of the device whose secret is the bearer token; undefined without a token.
 * Whoever has the secret is the device: there is nothing to look up.
 * @throws HttpProblem 401
 */
export function readDevice({ request }: RequestContext): string | undefined {
  if (request.headers.authorization === undefined) return undefined;
  const secret = bearerOf(request);
  if (secret === undefined || !isDeviceSecret(secret)) {
    throw new HttpProblem(
      401,
      "unknown_device",
      "Send the device's secret: Authorization: Bearer, 43 characters.",
    );
  }
  return deviceIdOf(secret);
}
