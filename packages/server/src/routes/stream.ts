import type { IncomingMessage, ServerResponse } from "node:http";
import { tryLater } from "../http/problem.ts";
import { readDevice, readSite } from "../http/readDevice.ts";
import type { Answer, RequestContext, Route } from "../http/route.ts";
import { streamsOf } from "../stream/streamsOf.ts";

/** `GET /v1/stream`: tells a device that there is a newer profile or ruleset. */
export const streamRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/stream", auth: "none", cors: "open", handler: openStream },
];

const HEADERS = {
  "Content-Type": "text/event-stream",
  // For nginx, which would hold messages back.
  "X-Accel-Buffering": "no",
};

function openStream(context: RequestContext): Answer {
  const { request, services } = context;
  const siteId = readSite(context);
  const anonymousId = readDevice(context);
  const streams = streamsOf(services);
  if (streams.size >= services.settings.limits.maxStreams) {
    throw tryLater(503, "overloaded", "Too many streams are open. Come back later.", 5 + Math.random() * 25);
  }
  const subscription = {
    siteId,
    identity: anonymousId === undefined ? undefined : `anonymous:${anonymousId}`,
    lastEventId: request.headers["last-event-id"] as string | undefined,
  };
  const open = (response: ServerResponse): void => {
    streams.open(response, subscription);
    forget(request);
  };
  return { status: 200, headers: HEADERS, open };
}

/** What was asked was read; ten thousand open streams need not keep it. */
function forget(request: IncomingMessage): void {
  request.headers = {};
  request.rawHeaders = [];
}
