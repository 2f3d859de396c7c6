import type { JsonObject } from "../json.ts";
import { countSince } from "../profile/dayCounts.ts";
import { get } from "../profile/keyed.ts";
import { fulfil, type Fulfilled } from "./fulfil.ts";
import { bucketPlace, bucketRanges, chooseVariant, inNamespace } from "./bucketing/index.ts";
import { answerCondition } from "./condition/answerCondition.ts";
import type { Condition } from "./condition/index.ts";
import type { ActionSet, DecisionInput, RuleTrace } from "./decision.ts";
import type { Cap, Rule } from "./ruleset.ts";
import type { SlotGuard } from "./slotPlan.ts";

/** The variant that shows the shop's own default. */
export const CONTROL = "control";

/** What a rule is tried with: a decision's input whose actions are named. */
export type RuleInput = DecisionInput & { actions: ActionSet };

/** What became of a rule; all but the trace only where it has content, be it for later or for others. */
export interface Tried {
  _trace: RuleTrace;
  _content?: Fulfilled;
  _variant?: string | undefined;
  /** What of the condition is not known yet. */
  _rest?: Condition | true;
  /** When and how often it may be shown. */
  _limits?: SlotGuard;
}

/**
 * Tries one rule for a profile and a page. Never throws.
 * @param isKnown which attributes are final; all of them for a decision, the profile's for the next page's plan
 */
export function tryRule(rule: Rule, input: RuleInput, isKnown: (path: string) => boolean): Tried {
  const trace: RuleTrace = { rule: rule.id, result: "error", clauses: [] };
  const tried: Tried = { _trace: trace };
  try {
    trace.result = resultOf(rule, input, isKnown, tried);
  } catch (error) {
    // Data that no version would publish, or an action of a newer one: the rule is off, the others go on.
    trace.code = error instanceof RangeError ? error.message : "error";
  }
  return tried;
}

function resultOf(
  {
    id,
    cap,
    ramp,
    exclusive,
    experiment,
    because,
    action,
    when = {},
    schedule,
    purposes = ["personalization"],
  }: Rule,
  input: RuleInput,
  isKnown: (path: string) => boolean,
  tried: Tried,
): RuleTrace["result"] {
  const { context, now, ruleset, profile } = input;
  const { targetingKey } = context;
  const { groups, notAfter } = ruleset!;
  if (!purposes.every((purpose) => context.consent.includes(purpose))) return "no_consent";
  const from = schedule?.from ? Date.parse(schedule.from) : 0;
  const to = schedule?.to ? Date.parse(schedule.to) : notAfter;
  // Also for a date that is none: such a rule is off, not on for ever.
  if (!(now < to && from < to)) return "schedule";
  const rest = answerCondition(when, { ...context, profile } as unknown as JsonObject, {
    isKnown,
    onClause: (clause) => tried._trace.clauses.push(clause),
    groups,
  });
  if (!rest) return "no_match";
  // By a seed of its own, which is no rule's id: the variants' places know nothing of it. A share that is none is for nobody.
  if (ramp !== undefined && !(bucketPlace(`${id}:ramp`, targetingKey) < ramp)) return "not_in_ramp";
  if (exclusive && !inNamespace(targetingKey, [exclusive.group, exclusive.from, exclusive.to]))
    return "excluded";
  const content = fulfil(action, because, input);
  if (!content) return "no_content";
  const used = cap ? timesShown(id, cap.per, input) : 0;
  const left = cap && { now: cap.max - used, fresh: cap.max - (cap.per === "session" ? 0 : used) };
  const variant =
    experiment?.variants[
      chooseVariant(
        bucketPlace(id, targetingKey),
        bucketRanges(experiment.variants.length, 1, experiment.weights),
      )
    ];
  Object.assign(tried, { _content: content, _variant: variant, _rest: rest, _limits: { from, to, left } });
  if (now < from) return "schedule";
  if (left && left.now <= 0) return "cap";
  return variant === CONTROL ? "control" : "won";
}

/** On this device, or on all of this shopper's as far as it has heard of them: whichever knows more. */
function timesShown(id: string, per: Cap["per"], { context, fold, now }: RuleInput): number {
  const here = get(context.shown, id)?.[per] ?? 0;
  if (per === "session") return here;
  return Math.max(here, countSince(get(fold.shown, id), now, per === "day" ? 1 : undefined));
}

/** Highest priority first, equal ones by id. */
export function byPriority(rules: readonly Rule[]): Rule[] {
  return [...rules].sort((a, b) => (b.priority ?? 0) - (a.priority ?? 0) || (a.id < b.id ? -1 : 1));
}
