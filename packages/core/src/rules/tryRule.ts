import { bucketHash, bucketRanges, chooseVariant } from "./bucketing/index.ts";
import type { JsonObject } from "../json.ts";
import { fulfil, type Fulfilled } from "./actions.ts";
import { evaluatePartially, type Condition, type OnClause } from "./condition/index.ts";
import type { DecisionInput, RuleTrace } from "./decision.ts";
import type { Rule } from "./ruleset.ts";

/** The variant that shows the shop's own default. */
export const CONTROL = "control";

/** A rule that may be shown: with what, to which variant, and what is left to hold. */
export interface Tried extends Fulfilled {
  variant: string | undefined;
  /** What of the condition is not known yet; undefined when it holds. */
  rest: Condition | undefined;
  from: number;
  to: number;
  /** How often it may still be shown: now, and should the next page start a new session. */
  left: { now: number; fresh: number } | undefined;
}

/** Why a rule is passed over; thrown inside `tryRule` only. */
type Obstacle = { result: RuleTrace["result"]; code?: string };

/**
 * Tries one rule for a profile and a page.
 * @param isKnown which attributes are final; all of them for a decision, the profile's for the next page's plan
 * @param onClause hears what each clause of the condition saw
 * @returns the obstacle when it may not be shown; never throws
 */
export function tryRule(
  rule: Rule,
  input: DecisionInput,
  isKnown: (path: string) => boolean,
  onClause?: OnClause,
): Tried | Obstacle {
  try {
    const { context, now, ruleset, profile } = input;
    const { session, page, device, consent, shown } = context;
    const { id, cap, schedule = {}, experiment, purposes = ["personalization"] } = rule;
    if (!purposes.every((purpose) => consent.includes(purpose))) return { result: "no_consent" };
    const from = schedule.from ? Date.parse(schedule.from) : -Infinity;
    const to = schedule.to ? Date.parse(schedule.to) : Infinity;
    // Also true for a date that is none: such a rule is off, not on for ever.
    if (!(now < to && from < to)) return { result: "schedule" };
    const used = (cap && Object.hasOwn(shown, id) && shown[id]![cap.per]) || 0;
    const left = cap && { now: cap.max - used, fresh: cap.max - (cap.per === "session" ? 0 : used) };
    const attributes = { profile, session, page, device } as unknown as JsonObject;
    const part = evaluatePartially(
      rule.when ?? {},
      attributes,
      isKnown,
      { groups: ruleset?.groups },
      onClause,
    );
    if (part.kind === "error") return { result: "error", code: part.code };
    if (part.kind === "no_match") return { result: "no_match" };
    const fulfilled = fulfil(rule.action, input);
    if (!fulfilled) return { result: "no_content" };
    const variant =
      experiment?.variants[
        chooseVariant(
          bucketHash(id, context.targetingKey, 2)!,
          bucketRanges(experiment.variants.length, 1, experiment.weights),
        )
      ];
    return { ...fulfilled, variant, rest: part.kind === "rest" ? part.rest : undefined, from, to, left };
  } catch (error) {
    // Data that no version would publish, or an action of a newer one: the rule is off, the others go on.
    return { result: "error", code: error instanceof RangeError ? error.message : "error" };
  }
}

/** The rules of a placement, highest priority first, equal ones by id. */
export function rulesFor(rules: readonly Rule[], placement: string): Rule[] {
  return rules
    .filter((rule) => rule.placement === placement)
    .sort((a, b) => (b.priority ?? 0) - (a.priority ?? 0) || (a.id < b.id ? -1 : 1));
}
