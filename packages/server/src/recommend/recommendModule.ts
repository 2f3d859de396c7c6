import { answerZipped } from "../http/answerZipped.ts";
import { createRateLimit } from "../http/rateLimit.ts";
import { readSite } from "../http/readDevice.ts";
import type { Answer, RequestContext, Route } from "../http/route.ts";
import type { Module } from "../module.ts";
import type { Services } from "../services.ts";
import { readNextAfter } from "./nextAfter.ts";
import { nextClicksOf } from "./nextClicksOf.ts";

/** As old as a table may be for others: it is built once a day. */
const MAX_AGE_S = 3600;

/** Questions of one address, behind which a whole office may be. */
const PER_SECOND = 20;

/** What is clicked next, for pages that recommend. */
export const recommendModule: Module = { name: "recommend", routes: recommendRoutes };

function recommendRoutes({ clock }: Services): Route[] {
  const open = { method: "GET", auth: "none", cors: "open" } as const;
  const limit = createRateLimit(PER_SECOND, clock);
  return [
    { ...open, path: "/v1/next", handler: readNext },
    { ...open, path: "/v1/next/after", handler: (context) => readNextAfter(context, limit) },
  ];
}

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
