import { readLiveEvents } from "../console/liveEvents.ts";
import { liveStreamsOf } from "../console/liveStreamsOf.ts";
import { sessionTokenOf } from "../console/sessionCookie.ts";
import { sessionsOf } from "../console/sessionsOf.ts";
import { bearerOf } from "../http/keyOf.ts";
import type { Answer, RequestContext, Route } from "../http/route.ts";
import { callerOf, pageOf, readCursor, readLimit } from "./adminInput.ts";

const READ = { auth: { scope: "console" }, cors: "none" } as const;

/** The newest events: as a list, and as they come. */
export const adminEventsRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/admin/events", ...READ, handler: listEvents },
  { method: "GET", path: "/v1/admin/stream", ...READ, handler: openStream },
];

function listEvents(context: RequestContext): Answer {
  const limit = readLimit(context.url, 50, 200);
  const page = { before: readCursor(context.url), limit: limit + 1 };
  const found = readLiveEvents(context.services, callerOf(context).siteId, page);
  return { status: 200, body: pageOf(found, limit, ({ cursor }) => Number(cursor)) };
}

function openStream(context: RequestContext): Answer {
  const { request, services } = context;
  const { siteId, kind } = callerOf(context);
  const lastEventId = request.headers["last-event-id"];
  const token = sessionTokenOf(request) ?? "";
  const key = bearerOf(request) ?? "";
  const isWelcome = () =>
    kind === "console" ? sessionsOf(services).isOpen(token) : services.keys.check(key) !== undefined;
  return {
    status: 200,
    headers: { "Content-Type": "text/event-stream", "X-Accel-Buffering": "no" },
    open: (response) =>
      liveStreamsOf(services).open(response, {
        siteId,
        lastEventId: typeof lastEventId === "string" ? lastEventId : undefined,
        isWelcome,
      }),
  };
}
