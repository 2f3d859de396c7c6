import { emptyFold, isObject, type Fold, type JsonObject } from "@vitrine/core";
import { readCustomer } from "../console/customers.ts";
import { isOwnOrigin } from "../http/cors.ts";
import { geoOf } from "../http/geoOf.ts";
import { HttpProblem } from "../http/problem.ts";
import type { Answer, RequestContext, Route } from "../http/route.ts";
import { hasScope } from "../keys.ts";
import type { Module } from "../module.ts";
import { callerOf, readFields } from "../routes/adminInput.ts";
import { invalidRules } from "../routes/invalidRules.ts";
import { parseRules } from "../rules/parseRules.ts";
import { readZone } from "../rules/readZone.ts";
import { decidePreview, type PreviewedPage } from "./decidePreview.ts";
import { foldWhoMeets } from "./foldWhoMeets.ts";
import { previewsOf, type Preview } from "./previews.ts";

const MAX_PLACEMENTS = 100;
const MAX_TEXT_CHARS = 2_000;

/** A draft in the shop's own page: the console makes a link, the page that it opens asks what to show. */
export const previewModule: Module = {
  name: "preview",
  routes: (): Route[] => [
    {
      method: "POST",
      path: "/v1/admin/rules/preview",
      auth: { scope: "console" },
      cors: "none",
      handler: makePreview,
    },
    { method: "POST", path: "/v1/preview", auth: "none", cors: "open", handler: readPreview },
  ],
};

async function makePreview(context: RequestContext): Promise<Answer> {
  const fields = await readFields(context);
  const parsed = parseRules(fields["content"]);
  if (parsed.kind === "invalid") return invalidRules(parsed.problems);
  const { siteId } = callerOf(context);
  const { content } = parsed;
  const draft = { siteId, content, timeZone: readZone(fields["timeZone"]) };
  const preview = { ...draft, fold: foldFor(context, draft, fields), console: consoleOf(context) };
  return { status: 200, body: previewsOf(context.services).create(preview) };
}

/** The origin of the console that asks: it may be open under another name of this server than the public one. */
function consoleOf({ request, services }: RequestContext): string {
  return isOwnOrigin(request) ? request.headers.origin! : new URL(services.settings.publicUrl).origin;
}

/** What is known of whom the preview is for; nothing of a new visitor. */
function foldFor(
  context: RequestContext,
  draft: Omit<Preview, "fold" | "console" | "expiresAt">,
  { visitor, meets }: JsonObject,
): Fold {
  const caller = callerOf(context);
  const { services } = context;
  if (!visitor && !meets) return emptyFold();
  // What a rule shows somebody tells of them, to everybody who has the link.
  if (!hasScope(caller, "admin"))
    throw new HttpProblem(
      403,
      "forbidden",
      "To look as somebody in particular takes a key with the scope admin.",
    );
  if (isObject(meets))
    return foldWhoMeets(services, draft, {
      rule: meets.rule,
      path: meets.path,
      geo: geoOf(context.request, services.settings),
    });
  const customer = typeof visitor === "string" ? readCustomer(services, caller.siteId, visitor) : undefined;
  if (!customer) throw new HttpProblem(404, "unknown_customer", "Nothing is known of this identity.");
  return customer.fold;
}

async function readPreview(context: RequestContext): Promise<Answer> {
  const { services } = context;
  const { token, ...page } = await readFields(context);
  const preview = typeof token === "string" ? previewsOf(services).find(token) : undefined;
  if (!preview)
    throw new HttpProblem(404, "unknown_preview", "This preview has ended; make a new link in the console.");
  return {
    status: 200,
    headers: { "Cache-Control": "no-store" },
    body: {
      console: preview.console,
      slots: decidePreview(
        preview,
        { ...readPage(page), geo: geoOf(context.request, services.settings) },
        services.clock(),
      ),
    },
  };
}

const textOr = (value: unknown, fallback: string): string =>
  typeof value === "string" && value.length <= MAX_TEXT_CHARS ? value : fallback;

/** What a page says of itself may be anything: what does not fit is left out. */
function readPage({ path, query, language, device, placements }: JsonObject): PreviewedPage {
  const pairs = isObject(query) ? Object.entries(query) : [];
  return {
    path: textOr(path, "/"),
    query: Object.fromEntries(pairs.map(([name, value]) => [name, textOr(value, "")])),
    language: textOr(language, "en"),
    device: isObject(device) ? device : {},
    placements: (Array.isArray(placements) ? placements : [])
      .filter((one): one is string => typeof one === "string")
      .slice(0, MAX_PLACEMENTS),
  };
}
