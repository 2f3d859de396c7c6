import type { Experiment, Rule } from "@vitrine/core";

/** The share of visitors who do not see a new rule, so that its effect is known from the first day. */
export const DEFAULT_HOLDOUT = 0.1;

/** The variant that shows the shop's own content. */
const CONTROL = "control";

/** A split of visitors as the form knows it: a share that does not see the rule, or one that was written by hand. */
export type Split = { kind: "none" } | { kind: "holdout"; share: number } | { kind: "byHand" };

/** Reads how a rule is measured. */
export function splitOf({ experiment }: Pick<Rule, "experiment">): Split {
  if (!experiment) return { kind: "none" };
  const { variants, weights } = experiment;
  const isPlain = variants.length === 2 && variants[0] === CONTROL && weights.length === 2;
  return isPlain ? { kind: "holdout", share: weights[0]! } : { kind: "byHand" };
}

/** The split that keeps a share of the visitors from seeing a rule. */
export function holdoutOf(rule: Pick<Rule, "id" | "experiment">, share: number): Experiment {
  const { key = rule.id, variants = [CONTROL, "on"] } = rule.experiment ?? {};
  // Without the rounding 1 - 0.9 would be 0.09999999999999998.
  return { key, variants, weights: [share, Math.round((1 - share) * 1e6) / 1e6] };
}
