import type { Answer, RequestContext, Route } from "../../http/route.ts";
import { rulesetsOf } from "../../rules/rulesetsOf.ts";
import { callingKiosk } from "../kioskParts.ts";

/** `GET /v1/kiosk/rules`: the published ruleset, signed, as devices read it; nothing where the kiosk knows it (`?known=`). */
export const kioskRulesRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/kiosk/rules", auth: { scope: "kiosk" }, cors: "none", handler: readRules },
];

function readRules(context: RequestContext): Answer {
  const published = rulesetsOf(context.services).current(callingKiosk(context).siteId);
  const isKnown = String(published?.version) === context.url.searchParams.get("known");
  return published && !isKnown ? { status: 200, body: published.signed } : { status: 204 };
}
