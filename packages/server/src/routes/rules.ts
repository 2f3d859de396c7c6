import { checkOrigin } from "../http/cors.ts";
import { HttpProblem } from "../http/problem.ts";
import type { Answer, RequestContext, Route } from "../http/route.ts";
import { rulesetsOf } from "../rules/rulesetsOf.ts";

/** What devices read: the published ruleset, signed. */
export const rulesRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/rules", auth: "none", cors: "open", handler: readRules },
];

function readRules({ request, url, services }: RequestContext): Answer {
  checkOrigin(request, services.settings.origins);
  const principal = services.keys.check(url.searchParams.get("site") ?? "");
  if (!principal) throw new HttpProblem(401, "unknown_key", "Send the site key: ?site=vs_…");
  const published = rulesetsOf(services).current(principal.siteId);
  if (!published) return { status: 204 };
  // One version has one text, so the version is the tag.
  const etag = `"${published.version}"`;
  const headers = { ETag: etag, "Cache-Control": "no-cache" };
  if (request.headers["if-none-match"] === etag) return { status: 304, headers };
  return { status: 200, headers, body: published.signed };
}
