import type { IncomingMessage } from "node:http";
import { HttpProblem } from "../http/problem.ts";
import type { RequestContext } from "../http/route.ts";
import type { Principal } from "../keys.ts";
import type { Services } from "../services.ts";
import { sessionTokenOf } from "./sessionCookie.ts";
import { sessionsOf } from "./sessionsOf.ts";

/**
 * Recognises a console session by its cookie.
 * @throws HttpProblem 403 for a write that does not come from the console's own pages
 */
export function authenticateConsole({ request, services }: RequestContext): Principal | undefined {
  const token = sessionTokenOf(request);
  const principal = token === undefined ? undefined : sessionsOf(services).check(token);
  if (principal && request.method !== "GET" && request.method !== "HEAD")
    checkConsoleWrite(request, services);
  return principal;
}

/**
 * A cookie travels by itself, so a write must show that our page made it: by a header that no form can send and by the
 * page's origin.
 */
export function checkConsoleWrite(request: IncomingMessage, { settings }: Services): void {
  const { origin, host } = request.headers;
  const isOwn =
    origin !== undefined &&
    (origin === URL.parse(settings.publicUrl)?.origin || URL.parse(origin)?.host === host);
  if (isOwn && request.headers["x-vitrine-console"] === "1") return;
  throw new HttpProblem(
    403,
    "cross_site",
    "Writes with a session come from the console only; elsewhere send a secret key.",
  );
}
