import type { Recommender } from "../api/types.ts";
import { strings } from "../strings.ts";
import { formatNumber } from "../ui/format.ts";

/** What recommends in this shop and why, in a sentence. */
export function wordsOfRecommender({ by, trial }: Recommender): string {
  const text = strings.overview.recommender;
  const clicks = formatNumber(trial.clicks);
  if (!trial.lead) return text.tooFew(clicks);
  return text[by](clicks, trial.rules.reciprocalRank.toFixed(2), trial.visits.reciprocalRank.toFixed(2));
}
