import { setImmediate } from "node:timers/promises";
import { createSequentialRulesCounter, type NextClicks, type SequentialRules } from "@vitrine/core";
import type { Services } from "../services.ts";
import { indexVisits, type PastVisit, type VisitIndex } from "./nearestVisits.ts";
import { readVisits, type ShopVisits } from "./shopVisits.ts";
import { chosenBy, tryRecommenders, type Trial } from "./tryRecommenders.ts";

/** Followers kept of each article. */
const FOLLOWERS = 8;

/** Articles of a table, the most clicked first: a page loads it whole. */
const MAX_ARTICLES = 2_000;

/** Visits that pages are answered from, the newest: of an article VMIS-kNN looks at the newest 1,502 alone. */
const MAX_VISITS = 50_000;

/** What pages are answered from, where the nearest visits foretell better. */
export interface NearestVisits {
  index: VisitIndex;
  cards: ShopVisits["cards"];
}

/** What is clicked next in a shop, by both recommenders, and which of them was better on its own visits. */
export interface BuiltNextClicks {
  table: NextClicks;
  trial: Trial;
  nearest?: NearestVisits;
}

/** Builds what is clicked next from the shop's own visits; undefined without any. */
export async function buildNextClicks(
  services: Services,
  siteId: string,
): Promise<BuiltNextClicks | undefined> {
  const { visits, cards } = await readVisits(services, siteId);
  const rules = await countRules(visits);
  if (rules.items.length === 0) return undefined;
  const trial = await tryRecommenders(visits, FOLLOWERS);
  const by = chosenBy(trial);
  const products = Object.fromEntries(rules.items.map((id) => [id, cards.get(id)!]));
  return {
    table: { ...rules, products, by },
    trial,
    ...(by === "visits" && { nearest: { index: indexVisits(newestOf(visits)), cards } }),
  };
}

/** Visits counted, and articles finished, at a stretch: some 2 ms, so that events go on being taken. */
const VISITS_AT_ONCE = 500;
const ARTICLES_AT_ONCE = 20;

async function countRules(visits: readonly PastVisit[]): Promise<SequentialRules> {
  const kept = mostClicked(visits);
  const counter = createSequentialRulesCounter({ followers: FOLLOWERS });
  for (const [at, { items }] of visits.entries()) {
    counter.add(items.filter((id) => kept.has(id)));
    if (at % VISITS_AT_ONCE === 0) await setImmediate();
  }
  const turns = counter.rules();
  for (let at = 0; ; at++) {
    const { done, value } = turns.next();
    if (done) return value;
    if (at % ARTICLES_AT_ONCE === 0) await setImmediate();
  }
}

const newestOf = (visits: readonly PastVisit[]): PastVisit[] =>
  visits.toSorted((a, b) => b.at - a.at).slice(0, MAX_VISITS);

function mostClicked(visits: readonly PastVisit[]): Set<string> {
  const clicks = new Map<string, number>();
  for (const { items } of visits) for (const id of items) clicks.set(id, (clicks.get(id) ?? 0) + 1);
  const byClicks = [...clicks].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return new Set(byClicks.slice(0, MAX_ARTICLES).map(([id]) => id));
}
