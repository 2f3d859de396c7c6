import { readSite } from "../http/readDevice.ts";
import type { Answer, RequestContext } from "../http/route.ts";
import type { Module } from "../module.ts";
import { nextClicksOf } from "./nextClicksOf.ts";

/** As old as a table may be for others: it is built once a day. */
const MAX_AGE_S = 3600;

/** What is clicked next, for pages that recommend. */
export const recommendModule: Module = {
  name: "recommend",
  routes: () => [{ method: "GET", path: "/v1/next", auth: "none", cors: "open", handler: readNext }],
};

function readNext(context: RequestContext): Answer {
  const published = nextClicksOf(context.services, readSite(context));
  if (!published) return { status: 204 };
  // Weak: one tag for the plain and the compressed bytes. With the key: whoever trusts the new one alone must not keep the old text.
  const etag = `W/"${published.version}.${published.signed.kid}"`;
  const headers = {
    ETag: etag,
    "Cache-Control": `public, max-age=${MAX_AGE_S}`,
    Vary: "Origin, Accept-Encoding",
  };
  const { headers: asked } = context.request;
  if (asked["if-none-match"] === etag) return { status: 304, headers };
  if (!/\bgzip\b/.test(asked["accept-encoding"] ?? ""))
    return { status: 200, headers, body: published.signed };
  const zipped = { ...headers, "Content-Type": "application/json", "Content-Encoding": "gzip" };
  return { status: 200, headers: zipped, body: published.gzipped };
}
