import type { NextClicks } from "@vitrine/core";
import { HttpProblem, tryLater } from "../http/problem.ts";
import type { RateLimit } from "../http/rateLimit.ts";
import { readSite } from "../http/readDevice.ts";
import type { Answer, RequestContext } from "../http/route.ts";
import { createRulesSigner } from "../rules/rulesSigner.ts";
import type { NearestVisits } from "./buildNextClicks.ts";
import { recommendFromVisits } from "./nearestVisits.ts";
import { headOf, nextClicksOf } from "./nextClicksOf.ts";

/** Clicks told at most, and characters of one; VMIS-kNN looks at the newest four. */
const MAX_CLICKS = 10;
const MAX_ID_CHARS = 200;

/** Articles answered at most. */
const LIMIT = 20;

/** Who goes back to an article is answered by the browser's own copy. */
const MAX_AGE_S = 300;

/**
 * What follows the clicks of a visit under way, from the nearest visits, as a table with one row: signed, since it goes where the
 * table goes. It asks for no device, and keeps nothing of what it was asked.
 */
export function readNextAfter(context: RequestContext, limit: RateLimit): Answer {
  const { services, address } = context;
  const siteId = readSite(context);
  const waitS = limit.take(address, 1);
  if (waitS > 0) throw tryLater(429, "rate", "Too fast; ask when an article is clicked.", waitS);
  const clicks = readClicks(context.url.searchParams.get("items"));
  const published = nextClicksOf(services, siteId);
  const table = published?.nearest && tableAfter(published.nearest, clicks);
  if (!table) return { status: 204 };
  const payload = JSON.stringify({ ...headOf(siteId, published.version), ...table });
  const body = createRulesSigner(services.secrets.rulesKeys.current()).sign(payload);
  // Private: what somebody clicked is in the address.
  const headers = { "Cache-Control": `private, max-age=${MAX_AGE_S}`, Vary: "Origin" };
  return { status: 200, headers, body };
}

function tableAfter({ index, cards }: NearestVisits, after: string[]): NextClicks | undefined {
  const ids = recommendFromVisits(index, after, LIMIT);
  if (ids.length === 0) return undefined;
  return {
    items: [after.at(-1)!, ...ids],
    next: [ids.map((_, place) => place + 1)],
    products: Object.fromEntries(ids.map((id) => [id, cards.get(id)!])),
    by: "visits",
    after,
  };
}

function readClicks(text: string | null): string[] {
  try {
    const clicks = JSON.parse(text ?? "") as unknown;
    if (Array.isArray(clicks) && clicks.length > 0 && clicks.length <= MAX_CLICKS && clicks.every(isClick))
      return clicks;
  } catch {
    // no JSON: told below
  }
  throw new HttpProblem(
    400,
    "bad_request",
    'Say what was clicked, the newest last, ten at most: ?items=["B4","B7"].',
  );
}

const isClick = (id: unknown): id is string =>
  typeof id === "string" && id.length > 0 && id.length <= MAX_ID_CHARS;
