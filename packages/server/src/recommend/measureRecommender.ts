import type { Visit } from "@vitrine/core";

/** Says what comes next in a visit, the likeliest first. */
export type Recommender = (visit: Visit, limit: number) => readonly string[];

/** How well a recommender foretold the clicks of visits it had not seen. */
export interface RecommenderScore {
  /** Clicks foretold: every one but the first of each visit. */
  predictions: number;
  /** Share of them that were among the first `limit`. */
  hitRate: number;
  /** Mean of 1 / place, 0 where it was not among them. */
  reciprocalRank: number;
}

/**
 * Replays visits click by click: HR@limit and MRR@limit of the next click, as session-rec and Serenade count them.
 * @param limit 20 in what is published
 */
export function measureRecommender(
  recommend: Recommender,
  visits: Iterable<Visit>,
  limit = 20,
): RecommenderScore {
  let [predictions, hits, ranks] = [0, 0, 0];
  for (const visit of visits)
    for (let click = 1; click < visit.length; click++) {
      const place = recommend(visit.slice(0, click), limit).indexOf(visit[click]!);
      predictions++;
      if (place < 0) continue;
      hits++;
      ranks += 1 / (place + 1);
    }
  return { predictions, hitRate: hits / (predictions || 1), reciprocalRank: ranks / (predictions || 1) };
}
