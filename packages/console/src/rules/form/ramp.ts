import type { Rule } from "@vitrine/core";

/** The share of visitors that a rule is shown to, once it is to begin with a share: enough to see that it works. */
export const DEFAULT_RAMP = 0.1;

/** People are told apart in so many places. */
const PLACES = 10_000;

/** A share in percent, to two places. */
export const percentOf = (ramp: number): number => Math.round(ramp * PLACES) / 100;

/** The rule, shown to a share of the visitors first; to everybody without one. */
export function withRamp(rule: Rule, ramp: number | undefined): Rule {
  const { ramp: _old, ...rest } = rule;
  // Without the rounding 0.07 might be 0.07000000000000001.
  return ramp === undefined ? rest : { ...rule, ramp: Math.round(ramp * PLACES) / PLACES };
}
