import type { IncomingMessage } from "node:http";
import { HttpProblem } from "./problem.ts";

/** What a page may read of an answer beside its body. */
const EXPOSED = { "Access-Control-Expose-Headers": "ETag, Retry-After" };

/** Headers that let a page of `origin` read the answer; with credentials only where the origin is listed. */
export function corsHeaders(request: IncomingMessage, origins: readonly string[]): Record<string, string> {
  const { origin } = request.headers;
  if (!origin) return {};
  if (origins.includes(origin)) {
    const allowed = { "Access-Control-Allow-Origin": origin, "Access-Control-Allow-Credentials": "true" };
    return { ...EXPOSED, ...allowed, Vary: "Origin" };
  }
  return origins.length === 0 ? { ...EXPOSED, "Access-Control-Allow-Origin": "*" } : { Vary: "Origin" };
}

/** Headers that answer a preflight. */
export function preflightHeaders(
  request: IncomingMessage,
  origins: readonly string[],
): Record<string, string> {
  return {
    ...corsHeaders(request, origins),
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers":
      "Authorization, Content-Type, Content-Encoding, Last-Event-ID, If-None-Match",
    "Access-Control-Max-Age": "7200",
  };
}

/** True for a page of this server itself, as when the shop hands `/v1` on from its own host. */
export function isOwnOrigin({ headers }: IncomingMessage): boolean {
  return headers.origin !== undefined && URL.parse(headers.origin)?.host === headers.host;
}

/** @throws HttpProblem 403 when a page of an unlisted origin uses the site key. */
export function checkOrigin(request: IncomingMessage, origins: readonly string[]): void {
  const { origin } = request.headers;
  if (origin && origins.length > 0 && !origins.includes(origin) && !isOwnOrigin(request)) {
    throw new HttpProblem(
      403,
      "origin_not_allowed",
      "Add this page's origin to the server's list of origins.",
    );
  }
}
