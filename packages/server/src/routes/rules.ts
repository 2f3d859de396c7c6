import { readSite } from "../http/readDevice.ts";
import type { Answer, RequestContext, Route } from "../http/route.ts";
import { rulesetsOf } from "../rules/rulesetsOf.ts";

/** What devices read: the published ruleset, signed. */
export const rulesRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/rules", auth: "none", cors: "open", handler: readRules },
];

function readRules(context: RequestContext): Answer {
  const published = rulesetsOf(context.services).current(readSite(context));
  if (!published) return { status: 204 };
  // One version has one text, so the version is the tag.
  const etag = `"${published.version}"`;
  const headers = { ETag: etag, "Cache-Control": "no-cache" };
  if (context.request.headers["if-none-match"] === etag) return { status: 304, headers };
  return { status: 200, headers, body: published.signed };
}
