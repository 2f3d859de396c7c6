import { HttpProblem, tryLater } from "../http/problem.ts";
import { createRateLimit, type RateLimit } from "../http/rateLimit.ts";
import { readSite } from "../http/readDevice.ts";
import type { Answer, RequestContext, Route } from "../http/route.ts";
import type { Services } from "../services.ts";
import { catalogueOf } from "./catalogueOf.ts";

const MAX_CODE_CHARS = 80;

/** Of one address, behind which a whole office may be; whoever asks faster copies the stock. */
const PER_SECOND = 20;

/** As old as an answer may be for others: stores send their stock every few minutes. */
const MAX_AGE_S = 60;

/** What a page may ask of a store's stock: one article in one store, by the public key. */
export function stockRoutes({ clock }: Services): Route[] {
  const limit = createRateLimit(PER_SECOND, clock);
  return [
    {
      method: "GET",
      path: "/v1/stock",
      auth: "none",
      cors: "open",
      handler: (context) => readStock(context, limit),
    },
  ];
}

function readStock(context: RequestContext, limit: RateLimit): Answer {
  const { url, services, address } = context;
  const siteId = readSite(context);
  const waitS = limit.take(address, 1);
  if (waitS > 0) throw tryLater(429, "rate", "Too fast; ask for what the page shows.", waitS);
  const [sku, store] = ["sku", "store"].map((name) => url.searchParams.get(name) ?? "");
  if (!sku || !store || sku.length > MAX_CODE_CHARS || store.length > MAX_CODE_CHARS)
    throw new HttpProblem(400, "bad_request", "Say of which article and in which store: ?sku= and store=.");
  const found = catalogueOf(services).find(siteId, store, sku);
  if (!found)
    throw new HttpProblem(404, "unknown_article", "The shop's catalogue has no article of this code.");
  const known = found.sizes.flatMap(({ size, stock, at }) =>
    stock === null || at === null ? [] : [{ size, quantity: stock, at }],
  );
  // The age of the whole is that of its oldest part.
  const at = known.length ? Math.min(...known.map((level) => level.at)) : null;
  return {
    status: 200,
    // The origin is asked about and answered to, so that a cache between keeps one shop's pages from another's answer.
    headers: { "Cache-Control": `public, max-age=${MAX_AGE_S}`, Vary: "Origin" },
    body: {
      sku: found.article.sku,
      store,
      at,
      sizes: known.map(({ size, quantity }) => ({ size, quantity })),
    },
  };
}
