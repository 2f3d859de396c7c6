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

/** A condition with what it is asked about, and who is split how, as JSON: what stands in it is what every engine reads from it. */
export type CaseText = string;

interface Case {
  condition: Condition;
  attributes: JsonObject;
  groups: Groups;
  split: Split;
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
 * which side of its rule's ramp and holdout the visitor is.
 */
export function answer(text: CaseText): string {
  const { condition, attributes, groups, split } = JSON.parse(text) as Case;
  const isKnown = (path: string) => path.startsWith("profile");
  return JSON.stringify([
    traceCondition(condition, attributes, { groups }),
    evaluatePartially(condition, attributes, isKnown, { groups }),
    sideOf(split),
  ]);
}

function sideOf({ rule, targetingKey, ramp, holdout }: Split): string {
  const experiment = { key: rule, variants: ["control", "on"], weights: [holdout, 1 - holdout] };
  const action = { type: "value" as const, value: 1 };
  const rules = [{ id: rule, placement: "home", ramp, experiment, action }];
  const fold = emptyFold();
  const { trace } = decide("home", {
    ruleset: { site: "s", version: 1, notAfter: Infinity, rules },
    fold,
    profile: profileView(fold, 0),
    context: {
      targetingKey,
      session: { isNew: true },
      page: { path: "/", query: {}, language: "en" },
      device: {},
      consent: ["personalization"],
      shown: {},
    },
    now: 0,
  });
  return trace[0]!.result;
}
