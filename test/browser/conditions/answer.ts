import {
  evaluatePartially,
  traceCondition,
  type Condition,
  type Groups,
} from "../../../packages/core/src/rules/condition/index.ts";
import type { JsonObject } from "../../../packages/core/src/json.ts";
import { emptyFold } from "../../../packages/core/src/profile/foldState.ts";
import { profileView } from "../../../packages/core/src/profile/profileView.ts";
import { decide } from "../../../packages/core/src/rules/decide.ts";
import type { DecisionContext, RuleTrace } from "../../../packages/core/src/rules/decision.ts";
import type { Rule } from "../../../packages/core/src/rules/ruleset.ts";

/** A condition with what it is asked about, and who is split how, as JSON: what stands in it is what every engine reads from it. */
export type CaseText = string;

interface Case {
  condition: Condition;
  attributes: JsonObject;
  groups: Groups;
  split: Split;
  moment: Moment;
}

/** When and where a rule is decided, and what it asks of that. */
interface Moment extends Pick<DecisionContext, "timeZone" | "channel" | "geo"> {
  when: Condition;
  now: number;
}

/** A visitor, and a rule that is for a share of them and keeps itself from a share of these. */
interface Split {
  rule: string;
  targetingKey: string;
  ramp: number;
  holdout: number;
}

/**
 * Everything that a condition comes to: the result, what each clause saw, and what is left where only the profile is known. And on
 * which side of its rule's ramp and holdout the visitor is, and what a rule sees of the moment in which it is decided.
 */
export function answer(text: CaseText): string {
  const { condition, attributes, groups, split, moment } = JSON.parse(text) as Case;
  const isKnown = (path: string) => path.startsWith("profile");
  return JSON.stringify([
    traceCondition(condition, attributes, { groups }),
    evaluatePartially(condition, attributes, isKnown, { groups }),
    sideOf(split),
    seenAt(moment),
  ]);
}

function sideOf({ rule, targetingKey, ramp, holdout }: Split): string {
  const experiment = { key: rule, variants: ["control", "on"], weights: [holdout, 1 - holdout] };
  return traceOf({ id: rule, ramp, experiment }, 0, { targetingKey }).result;
}

function seenAt({ when, now, ...context }: Moment): RuleTrace {
  return traceOf({ id: "moment", when }, now, context);
}

function traceOf(rule: Partial<Rule>, now: number, context: Partial<DecisionContext>): RuleTrace {
  const rules = [{ id: "a", placement: "home", action: { type: "value" as const, value: 1 }, ...rule }];
  const fold = emptyFold();
  const { trace } = decide("home", {
    ruleset: { site: "s", version: 1, notAfter: Infinity, rules },
    fold,
    profile: profileView(fold, now),
    context: {
      targetingKey: "d_shopper",
      session: { isNew: true },
      page: { path: "/", query: {}, language: "en" },
      device: {},
      consent: ["personalization"],
      shown: {},
      ...context,
    },
    now,
  });
  return trace[0]!;
}
