import { consoleHeaders, SPENT_LINK_PAGE } from "../console/consolePage.ts";
import { checkConsoleWrite } from "../console/authenticateConsole.ts";
import { consoleLink } from "../console/consoleLink.ts";
import { sessionCookie, sessionTokenOf } from "../console/sessionCookie.ts";
import { LINK_LIFE_MS } from "../console/sessions.ts";
import { sessionsOf } from "../console/sessionsOf.ts";
import { HttpProblem } from "../http/problem.ts";
import type { Answer, RequestContext, Route } from "../http/route.ts";
import { hasScope } from "../keys.ts";
import { callerOf, readFields } from "./adminInput.ts";

/** In and out of the console. */
export const adminSessionRoutes: readonly Route[] = [
  { method: "GET", path: "/console/login", auth: "none", cors: "none", handler: followLink },
  { method: "POST", path: "/v1/admin/session", auth: "none", cors: "none", handler: signIn },
  { method: "DELETE", path: "/v1/admin/session", auth: { scope: "console" }, cors: "none", handler: signOut },
  { method: "POST", path: "/v1/admin/links", auth: { scope: "console" }, cors: "none", handler: createLink },
];

function followLink({ request, url, services }: RequestContext): Answer {
  // Chat programs ask for the head of a link to preview it; that must not spend it.
  if (request.method === "HEAD") return { status: 204 };
  const session = sessionsOf(services).redeem(url.searchParams.get("token") ?? "");
  if (!session) return { status: 403, headers: consoleHeaders([]), body: SPENT_LINK_PAGE };
  const headers = {
    Location: "/console/",
    "Set-Cookie": sessionCookie(session, services),
    "Referrer-Policy": "no-referrer",
  };
  return { status: 303, headers };
}

async function signIn(context: RequestContext): Promise<Answer> {
  const { request, services } = context;
  checkConsoleWrite(request, services);
  const { key } = await readFields(context);
  const principal = typeof key === "string" ? services.keys.check(key) : undefined;
  if (principal?.kind !== "secret")
    throw new HttpProblem(401, "unknown_key", "This is no secret key of this server; they begin with vk_.");
  if (!hasScope(principal, "console"))
    throw new HttpProblem(403, "scope", "This key may not open the console; it lacks the scope console.");
  const session = sessionsOf(services).start(principal.siteId, principal.keyId);
  return { status: 204, headers: { "Set-Cookie": sessionCookie(session, services) } };
}

function signOut({ request, services }: RequestContext): Answer {
  const token = sessionTokenOf(request);
  if (token !== undefined) sessionsOf(services).end(token);
  return { status: 204, headers: { "Set-Cookie": sessionCookie(null, services) } };
}

function createLink(context: RequestContext): Answer {
  const { siteId, keyId } = callerOf(context);
  const { services } = context;
  return {
    status: 201,
    body: { url: consoleLink(services, siteId, keyId), expiresAt: services.clock() + LINK_LIFE_MS },
  };
}
