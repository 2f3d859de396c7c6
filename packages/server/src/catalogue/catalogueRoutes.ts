import type { Json, JsonObject } from "@vitrine/core";
import { HttpProblem } from "../http/problem.ts";
import type { Answer, RequestContext, Route } from "../http/route.ts";
import { callingKiosk } from "../kiosk/kioskParts.ts";
import { callerOf, readFields, readNote } from "../routes/adminInput.ts";
import { catalogueOf } from "./catalogueOf.ts";
import { readArticle, readLevel } from "./readArticle.ts";

/** Entries of one request; a large catalogue comes in several. */
const MAX_ARTICLES = 500;
const MAX_LEVELS = 5_000;

/** Articles of one page of the list. */
const LISTED_ARTICLES = 200;

const MAX_STORE_CHARS = 60;
const MAX_CODE_CHARS = 80;

/** A feed from a clock that is further ahead would lock the stock until then. */
const MAX_AHEAD_MS = 5 * 60_000;

/** The shop's articles and what its stores have of them, in; and out to the kiosk that scanned a label. */
export const catalogueRoutes: readonly Route[] = [
  { method: "PUT", path: "/v1/catalogue", auth: { scope: "catalogue" }, cors: "none", handler: putCatalogue },
  { method: "PUT", path: "/v1/stock", auth: { scope: "stock" }, cors: "none", handler: putStock },
  { method: "GET", path: "/v1/kiosk/articles", auth: { scope: "kiosk" }, cors: "none", handler: findArticle },
  {
    method: "GET",
    path: "/v1/kiosk/catalogue",
    auth: { scope: "kiosk" },
    cors: "none",
    handler: listCatalogue,
  },
];

async function putCatalogue(context: RequestContext): Promise<Answer> {
  const entries = readEntries(await readFields(context), "articles", MAX_ARTICLES).map(readArticle);
  const { siteId } = callerOf(context);
  return { status: 200, body: catalogueOf(context.services).putArticles(siteId, entries) };
}

async function putStock(context: RequestContext): Promise<Answer> {
  const fields = await readFields(context);
  const entries = readEntries(fields, "levels", MAX_LEVELS).map(readLevel);
  const store = readNote(fields, "store", MAX_STORE_CHARS);
  if (store === null) throw new HttpProblem(400, "bad_request", '"store" must name the store.');
  const at = readTime(fields, context.services.clock());
  const { siteId } = callerOf(context);
  return { status: 200, body: catalogueOf(context.services).putStock(siteId, { store, at, entries }) };
}

function findArticle(context: RequestContext): Answer {
  const kiosk = callingKiosk(context);
  const code = context.url.searchParams.get("code") ?? "";
  if (code === "" || code.length > MAX_CODE_CHARS)
    throw new HttpProblem(400, "bad_request", "Say which article: ?code= and its GTIN or SKU.");
  const found = catalogueOf(context.services).find(kiosk.siteId, kiosk.store, code);
  if (!found)
    throw new HttpProblem(404, "unknown_article", "The shop's catalogue has no article of this code.");
  return { status: 200, body: found };
}

/** What a kiosk keeps for the time without a network, page by page. */
function listCatalogue(context: RequestContext): Answer {
  const kiosk = callingKiosk(context);
  const after = context.url.searchParams.get("after") ?? "";
  const items = catalogueOf(context.services).list(kiosk.siteId, kiosk.store, after, LISTED_ARTICLES);
  const next = items.length === LISTED_ARTICLES ? items.at(-1)!.article.sku : null;
  return { status: 200, body: { items, next } };
}

function readEntries(fields: JsonObject, name: string, max: number): Json[] {
  const entries = fields[name];
  if (!Array.isArray(entries)) throw new HttpProblem(400, "bad_request", `"${name}" must be a list.`);
  if (entries.length > max)
    throw new HttpProblem(413, "too_large", `"${name}" may have ${max} entries a request; send several.`);
  return entries;
}

/** When the store counted: ms since 1970, or ISO 8601 with a time zone. */
function readTime({ at }: JsonObject, now: number): number {
  const isText = typeof at === "string" && /T.*(Z|[+-]\d\d:?\d\d)$/.test(at);
  const time = isText ? Date.parse(at) : at;
  if (typeof time !== "number" || !Number.isSafeInteger(time) || time <= 0)
    throw new HttpProblem(
      400,
      "bad_request",
      '"at" must say when the store counted, such as 2026-11-22T10:15:00Z.',
    );
  if (time > now + MAX_AHEAD_MS)
    throw new HttpProblem(400, "in_the_future", '"at" is ahead of this server\'s clock; set the right time.');
  return time;
}
