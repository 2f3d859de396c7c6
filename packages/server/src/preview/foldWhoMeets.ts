import type { Fold, Geo } from "@vitrine/core";
import { HttpProblem } from "../http/problem.ts";
import { foldOf } from "../identity/person.ts";
import { identitiesSince } from "../rehearsal/journeys.ts";
import type { Services } from "../services.ts";
import { decidePreview } from "./decidePreview.ts";
import type { Preview } from "./previews.ts";

/** Visitors tried at most, of the last days. */
const MAX_TRIED = 500;
const SINCE_MS = 30 * 86_400_000;

/**
 * What is known of one of the last month's visitors to whom a rule would be shown on a page: a draft seen by a new visitor would
 * mostly show nothing.
 * @throws HttpProblem 404 when there is none among those tried
 */
export function foldWhoMeets(
  services: Services,
  draft: Omit<Preview, "fold" | "console" | "expiresAt">,
  { rule, path, geo }: { rule: unknown; path: unknown; geo: Geo | undefined },
): Fold {
  const { siteId, content } = draft;
  const now = services.clock();
  const placement = content.rules.find(({ id }) => id === rule)?.placement;
  const page = {
    path: typeof path === "string" ? path : "/",
    query: {},
    language: "en",
    device: {},
    geo,
    placements: placement === undefined ? [] : [placement],
  };
  for (const identity of identitiesSince(services, siteId, now - SINCE_MS, MAX_TRIED)) {
    const fold = foldOf(services.collector, siteId, services.collector.graph.members(siteId, identity));
    if (decidePreview({ ...draft, fold }, page, now).some((slot) => slot.rule === rule)) return fold;
  }
  throw new HttpProblem(
    404,
    "nobody_meets",
    "None of the last month's visitors meets the rule on this page; look as one of your customers instead.",
  );
}
