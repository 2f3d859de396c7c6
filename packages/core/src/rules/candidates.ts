import { bucketHash, bucketRanges, chooseVariant } from "./bucketing/index.ts";
import type { DecisionInput, RuleTrace } from "./decision.ts";
import type { JsonObject } from "../json.ts";
import type { Rule, Ruleset } from "./ruleset.ts";

const indexes = new WeakMap<Ruleset, Map<string, Rule[]>>();

/** The rules of a placement, highest priority first; indexed once per ruleset. */
export function rulesFor(ruleset: Ruleset, placement: string): readonly Rule[] {
  return indexOf(ruleset).get(placement) ?? [];
}

/** The placements a ruleset has rules for. */
export function placementsOf(ruleset: Ruleset): string[] {
  return [...indexOf(ruleset).keys()];
}

/** What conditions are evaluated against. */
export function attributesOf({ profile, context }: DecisionInput): JsonObject {
  const { session, page, device } = context;
  return { profile, session, page, device } as unknown as JsonObject;
}

/** Why a rule may not be used whatever its condition says; undefined when it may. */
export function barrierOf(rule: Rule, { context }: DecisionInput): RuleTrace["result"] | undefined {
  const purposes = rule.purposes ?? ["personalization"];
  return purposes.every((purpose) => context.consent.includes(purpose)) ? undefined : "no_consent";
}

/** How often a rule may still be shown: now, and should the next page start a new session. */
export function showsLeft(
  { id, cap }: Rule,
  { context }: DecisionInput,
): { now: number; fresh: number } | undefined {
  if (!cap) return undefined;
  const shown = Object.hasOwn(context.shown, id) ? context.shown[id]! : { session: 0, day: 0, ever: 0 };
  const now = cap.max - shown[cap.per];
  return { now, fresh: cap.per === "session" ? cap.max : now };
}

/** The variant a visitor belongs to: by the rule's id and the targeting key alone, so the same everywhere. */
export function variantOf({ id, experiment }: Rule, { context }: DecisionInput): string | undefined {
  if (!experiment) return undefined;
  const ranges = bucketRanges(experiment.variants.length, 1, experiment.weights);
  return experiment.variants[chooseVariant(bucketHash(id, context.targetingKey, 2)!, ranges)];
}

function indexOf(ruleset: Ruleset): Map<string, Rule[]> {
  let index = indexes.get(ruleset);
  if (index) return index;
  index = new Map();
  for (const rule of ruleset.rules) {
    const same = index.get(rule.placement);
    if (same) same.push(rule);
    else index.set(rule.placement, [rule]);
  }
  for (const rules of index.values()) {
    rules.sort((a, b) => (b.priority ?? 0) - (a.priority ?? 0) || (a.id < b.id ? -1 : 1));
  }
  indexes.set(ruleset, index);
  return index;
}
