import { geoOf } from "../http/geoOf.ts";
import { HttpProblem } from "../http/problem.ts";
import { readDevice, readSite } from "../http/readDevice.ts";
import type { Answer, RequestContext, Route } from "../http/route.ts";
import { readSnapshot } from "../identity/person.ts";

/** `GET /v1/profile`: a device reads what is known of its person. */
export const profileRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/profile", auth: "none", cors: "open", handler: readProfile },
];

/** Writers one request may ask about. */
const MAX_WRITERS = 200;

function readProfile(context: RequestContext): Answer {
  const { url, services } = context;
  const siteId = readSite(context);
  const anonymousId = readDevice(context);
  if (anonymousId === undefined) {
    throw new HttpProblem(
      401,
      "unknown_device",
      "Send the device's secret: Authorization: Bearer, 43 characters.",
    );
  }
  const writers = (url.searchParams.get("writers") ?? "").split(",").filter((id) => /^[\w-]{1,22}$/.test(id));
  const asked = { siteId, anonymousId, writers: writers.slice(0, MAX_WRITERS), now: services.clock() };
  const geo = geoOf(context.request, services.settings);
  return { status: 200, body: { ...readSnapshot(services.collector, asked), ...(geo ? { geo } : {}) } };
}
