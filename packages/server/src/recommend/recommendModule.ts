import { answerZipped } from "../http/answerZipped.ts";
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
  const { version, signed, gzipped } = published;
  // With the key: whoever trusts the new one alone must not keep the old text.
  return answerZipped(
    context,
    `${version}.${signed.kid}`,
    { "Cache-Control": `public, max-age=${MAX_AGE_S}`, Vary: "Origin" },
    { plain: signed, gzipped: () => gzipped, type: "application/json" },
  );
}
