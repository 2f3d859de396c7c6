import type { IncomingMessage } from "node:http";
import { HttpProblem } from "./problem.ts";

const EXPOSED = { "Access-Control-Expose-Headers": "ETag, Retry-After" };

/** Headers that let a page of `origin` read the answer. */
export function corsHeaders(request: IncomingMessage, origins: readonly string[]): Record<string, string> {
  const { origin } = request.headers;
  if (!origin) return {};
  if (origins.includes(origin)) {
    return {
      "Access-Control-Allow-Origin": origin,
      "Access-Control-Allow-Credentials": "true",
      Vary: "Origin",
    };
  }
  return origins.length === 0 ? { "Access-Control-Allow-Origin": "*" } : { Vary: "Origin" };
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

/** @throws HttpProblem 403 when a page of an unlisted origin uses the site key. */
export function checkOrigin(request: IncomingMessage, origins: readonly string[]): void {
  const { origin } = request.headers;
  if (origin && origins.length > 0 && !origins.includes(origin)) {
    throw new HttpProblem(
      403,
      "origin_not_allowed",
      "Add this page's origin to the server's list of origins.",
    );
  }
}
