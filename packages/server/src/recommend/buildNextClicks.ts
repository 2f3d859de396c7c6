import { buildSequentialRules, type NextClicks } from "@vitrine/core";
import type { Services } from "../services.ts";
import type { PastVisit } from "./nearestVisits.ts";
import { readVisits } from "./shopVisits.ts";

/** Followers kept of each article. */
const FOLLOWERS = 8;

/** Articles of a table, the most clicked first: a page loads it whole. */
const MAX_ARTICLES = 2_000;

/** Builds what is clicked next from the shop's own visits; undefined without any. */
export async function buildNextClicks(services: Services, siteId: string): Promise<NextClicks | undefined> {
  const { visits, cards } = await readVisits(services, siteId);
  const kept = mostClicked(visits);
  const rules = buildSequentialRules(
    visits.map(({ items }) => items.filter((id) => kept.has(id))),
    { followers: FOLLOWERS },
  );
  if (rules.items.length === 0) return undefined;
  return { ...rules, products: Object.fromEntries(rules.items.map((id) => [id, cards.get(id)!])) };
}

function mostClicked(visits: readonly PastVisit[]): Set<string> {
  const clicks = new Map<string, number>();
  for (const { items } of visits) for (const id of items) clicks.set(id, (clicks.get(id) ?? 0) + 1);
  const byClicks = [...clicks].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return new Set(byClicks.slice(0, MAX_ARTICLES).map(([id]) => id));
}
