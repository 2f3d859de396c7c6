import { setImmediate } from "node:timers/promises";
import { buildSequentialRules, followersOf, type Visit } from "@vitrine/core";
import { measureRecommender, type Recommender, type RecommenderScore } from "./measureRecommender.ts";
import { indexVisits, recommendFromVisits, type PastVisit } from "./nearestVisits.ts";
import { newestClicks } from "./newestClicks.ts";

/** Share of the visits, the newest, that is foretold from those before. */
const NEWEST = 0.2;

/** Visits foretold at most, spread evenly over the newest; each in a turn of its own, so that events go on being taken. */
const MAX_FORETOLD = 1_000;

/** Visits learned from at most, the last before those: building from so many takes a tenth of a second at a stretch. */
const MAX_LEARNED = 10_000;

/** Clicks of one visit that are foretold: a robot's thousand would speak for the whole shop. */
const MAX_CLICKS = 20;

/** Fewer clicks, or clicks of fewer visits, tell nothing: the bound below needs so many to be one. */
const MIN_CLICKS = 200;
const MIN_VISITS = 50;

/** Of a normal distribution, 99 % lie within: a shop chooses anew each day, and by chance should change once in months. */
const STANDARD_ERRORS = 2.58;

/** Places that count, as in what is published. */
const LIMIT = 20;

/** How well both recommenders foretold a shop's newest clicks. */
export interface Trial {
  /** Clicks foretold. */
  clicks: number;
  /** Of the table, as short as pages get it. */
  rules: Figures;
  /** Of the nearest visits (VMIS-kNN), as many clicks back as pages tell. */
  visits: Figures;
  /** By how much the visits' MRR is above the table's: from and to, with 99 % confidence; null where too few clicks were foretold to say. */
  lead: { low: number; high: number } | null;
}

/** HR@20 and MRR@20. */
export type Figures = Pick<RecommenderScore, "hitRate" | "reciprocalRank">;

/** What shoppers of a site are recommended by: the table of sequential rules, or the nearest visits. */
export type Method = "rules" | "visits";

/** The table needs no request and no network, so the visits must be better beyond chance. */
export const chosenBy = ({ lead }: Trial): Method => (lead && lead.low > 0 ? "visits" : "rules");

/** Foretells the newest fifth of a shop's visits by both recommenders, which know the earlier ones alone. */
export async function tryRecommenders(past: readonly PastVisit[], followers: number): Promise<Trial> {
  const oldestFirst = past.toSorted((a, b) => a.at - b.at);
  const from = Math.floor(oldestFirst.length * (1 - NEWEST));
  const learned = oldestFirst.slice(Math.max(0, from - MAX_LEARNED), from);
  const table = buildSequentialRules(
    learned.map(({ items }) => items),
    { followers },
  );
  await setImmediate();
  const index = indexVisits(learned);
  const rules = createScorer((visit, limit) => followersOf(table, visit.at(-1)!, limit));
  const visits = createScorer((visit, limit) => recommendFromVisits(index, newestClicks(visit), limit));
  for (const visit of sampleOf(oldestFirst.slice(from))) {
    rules.add(visit);
    visits.add(visit);
    await setImmediate();
  }
  const lead = leadOf(visits.scores, rules.scores);
  return { clicks: rules.total().predictions, rules: rules.figures(), visits: visits.figures(), lead };
}

/** Those in which something can be foretold. */
function sampleOf(past: readonly PastVisit[]): Visit[] {
  const visits = past.map(({ items }) => items.slice(0, MAX_CLICKS)).filter((items) => items.length > 1);
  const step = Math.max(1, visits.length / MAX_FORETOLD);
  return Array.from(
    { length: Math.min(visits.length, MAX_FORETOLD) },
    (_, i) => visits[Math.floor(i * step)]!,
  );
}

/** Scores of single visits, in their order. */
function createScorer(recommend: Recommender) {
  const scores: RecommenderScore[] = [];
  const total = (): RecommenderScore => {
    let [predictions, hits, ranks] = [0, 0, 0];
    for (const score of scores) {
      predictions += score.predictions;
      hits += score.hitRate * score.predictions;
      ranks += score.reciprocalRank * score.predictions;
    }
    return { predictions, hitRate: hits / (predictions || 1), reciprocalRank: ranks / (predictions || 1) };
  };
  return {
    scores,
    add: (visit: Visit): void => void scores.push(measureRecommender(recommend, [visit], LIMIT)),
    total,
    figures(): Figures {
      const { hitRate, reciprocalRank } = total();
      return { hitRate: rounded(hitRate), reciprocalRank: rounded(reciprocalRank) };
    },
  };
}

/**
 * The mean difference of reciprocal ranks with its interval. The difference is taken click by click, since both foretold the same ones,
 * and its error visit by visit, since the clicks of one visit resemble each other (ratio of sums; Cochran 1977, section 6.3).
 */
function leadOf(better: readonly RecommenderScore[], than: readonly RecommenderScore[]): Trial["lead"] {
  const clicks = than.reduce((sum, { predictions }) => sum + predictions, 0);
  if (clicks < MIN_CLICKS || than.length < MIN_VISITS) return null;
  const leads = than.map(({ predictions, reciprocalRank }, visit) => ({
    predictions,
    sum: (better[visit]!.reciprocalRank - reciprocalRank) * predictions,
  }));
  const mean = leads.reduce((total, { sum }) => total + sum, 0) / clicks;
  const squares = leads.reduce((total, { sum, predictions }) => total + (sum - mean * predictions) ** 2, 0);
  const half = (STANDARD_ERRORS * Math.sqrt((squares * leads.length) / (leads.length - 1))) / clicks;
  return { low: rounded(mean - half), high: rounded(mean + half) };
}

const rounded = (share: number): number => Math.round(share * 10_000) / 10_000;
