import { PURPOSES } from "../consent/purpose.ts";
import { mergeFolds } from "./fold.ts";
import { emptyFold, type Fold } from "./foldState.ts";
import { compareStamps } from "./register.ts";

/**
 * Joins the folds of several identities of one person: the merge of their (disjoint) events, except that
 * consent goes by the stricter word. Where two refuse, the newer refusal stands.
 */
export function joinFolds(folds: readonly Fold[]): Fold {
  const joined = folds.reduce(mergeFolds, emptyFold());
  for (const purpose of PURPOSES) {
    const words = folds.flatMap((fold) => fold.consent?.[purpose] ?? []);
    const refusal = words.filter((word) => word.v === "denied").sort((a, b) => compareStamps(b, a))[0];
    if (refusal) joined.consent![purpose] = refusal;
  }
  return joined;
}
