import { listDevices, publishedVersion, readDevice } from "../console/devices.ts";
import { HttpProblem } from "../http/problem.ts";
import type { Answer, RequestContext, Route } from "../http/route.ts";
import { callerOf, readCursor, readLimit } from "./adminInput.ts";

const READ = { auth: { scope: "console" }, cors: "none" } as const;

/** Devices: when they last spoke, what is still on them, and what never came. */
export const adminDevicesRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/admin/devices", ...READ, handler: findDevices },
  { method: "GET", path: "/v1/admin/devices/:id", ...READ, handler: readOne },
];

function findDevices(context: RequestContext): Answer {
  const { services, url } = context;
  const { siteId } = callerOf(context);
  const page = listDevices(services, siteId, {
    before: readCursor(url),
    limit: readLimit(url, 50, 200),
    isTroubled: url.searchParams.get("only") === "trouble",
  });
  return { status: 200, body: { ...page, published: publishedVersion(services, siteId) } };
}

function readOne(context: RequestContext): Answer {
  const { params, services } = context;
  const device = readDevice(services, callerOf(context).siteId, params.id ?? "");
  if (!device) throw new HttpProblem(404, "unknown_device", "Nothing is known of this device.");
  return { status: 200, body: device };
}
