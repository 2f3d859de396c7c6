import {
  decide,
  prepareRules,
  present,
  profileView,
  PURPOSES,
  type Geo,
  type JsonObject,
  type Ruleset,
  type ViewNode,
} from "@vitrine/core";
import type { Preview } from "./previews.ts";

/** The page that asks, as it says itself. */
export interface PreviewedPage {
  path: string;
  query: Record<string, string>;
  language: string;
  device: JsonObject;
  /** Where whoever looks is. */
  geo?: Geo | undefined;
  placements: readonly string[];
}

/** What a slot would show. */
export interface PreviewedSlot {
  placement: string;
  /** The rule that fills it; null where the shop's own content stands. */
  rule: string | null;
  /** Empty for what is no content, such as a value for the shop's code. */
  nodes: ViewNode[];
}

/**
 * Decides a page's slots by a draft, as the page would for that visitor at the beginning of a visit: with every consent, on any
 * day, and never as one of those from whom a rule is kept or whom it is not for yet. Nothing is counted, because nothing is shown to a shopper.
 */
export function decidePreview(
  { siteId, content, fold, timeZone }: Omit<Preview, "console" | "expiresAt">,
  { placements, path, query, language, ...place }: PreviewedPage,
  now: number,
): PreviewedSlot[] {
  const { rules, segments, ...rest } = content;
  const ruleset: Ruleset = {
    ...rest,
    site: siteId,
    version: 0,
    notAfter: Number.MAX_SAFE_INTEGER,
    rules: prepareRules(rules, segments).map(
      ({ experiment: _split, ramp: _share, exclusive: _part, cap: _times, schedule: _days, ...rule }) => rule,
    ),
  };
  const context = {
    targetingKey: "preview",
    session: { isNew: true },
    page: { path, query, language },
    channel: "web" as const,
    ...place,
    consent: PURPOSES,
    shown: {},
    timeZone,
  };
  const input = { ruleset, fold, profile: profileView(fold, now), context, now };
  return placements.map((placement) => {
    const { rule = null, outcome, because } = decide(placement, input);
    return { placement, rule, nodes: outcome ? present(outcome, because, language) : [] };
  });
}
