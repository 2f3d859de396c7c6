import { pageActions } from "./actions/pageActions.ts";
import type { DecisionInput } from "./decision.ts";
import { guardOf } from "./guard.ts";
import { present } from "./present.ts";
import type { Rule } from "./ruleset.ts";
import type { PlanEntry, SlotPlan } from "./slotPlan.ts";
import { byPriority, CONTROL, tryRule, type RuleInput } from "./tryRule.ts";

/** Tells of an attribute whether it is known when the plan is compiled; `session.*`, `page.*` and `time.*` belong to the next page. */
export const isKnownBefore = (path: string): boolean => /^(profile|channel|geo|device)\b/.test(path);

/**
 * Compiles what the next page shows: finished content for each placement, with a guard for what is not known yet.
 * A rule whose rest is no guard stays out. An entry without content holds the placement for a control group.
 * Never throws: rules that are none have no plan.
 */
export function compilePlan(input: DecisionInput): SlotPlan | undefined {
  return compilePlanWith({ ...input, actions: input.actions ?? pageActions() }, present);
}

/** As {@link compilePlan}, with the actions that are given, and their own way to show what they come to. */
export function compilePlanWith(input: RuleInput, show: typeof present): SlotPlan | undefined {
  const { ruleset, now } = input;
  if (!ruleset || ruleset.notAfter <= now) return undefined;
  const { rules, version, notAfter } = ruleset;
  // Without a prototype: a placement may be called like what every object has.
  const slots = Object.create(null) as SlotPlan["slots"];
  try {
    for (const rule of byPriority(rules))
      for (const [one, its] of casesOf(rule, input))
        (slots[rule.placement] ??= []).push(...planRule(one, its, show));
    return { v: 1, version, notAfter, slots };
  } catch {
    return undefined;
  }
}

/**
 * An echo is a case for each of its creatives: the next page's address says which. To the guard it is a condition like any other.
 */
function casesOf(rule: Rule, input: RuleInput): [Rule, RuleInput][] {
  const { action, when = {} } = rule;
  if (action?.type !== "echoCreative" || !Array.isArray(action.creatives)) return [[rule, input]];
  const { context } = input;
  return action.creatives.flatMap((creative): [Rule, RuleInput][] => {
    // Strictly text: data that no version would publish has no case.
    const value: unknown = creative?.value;
    if (typeof value !== "string") return [];
    const query = { [action.parameter]: value };
    return [
      [
        { ...rule, when: { $and: [when, { [`page.query.${action.parameter}`]: value }] } },
        { ...input, context: { ...context, page: { ...context.page, query } } },
      ],
    ];
  });
}

function planRule(rule: Rule, input: RuleInput, show: typeof present): PlanEntry[] {
  const { _content, _variant, _rest, _limits } = tryRule(rule, input, isKnownBefore);
  if (!_content) return [];
  const guard = guardOf(_rest!);
  const content = show(_content.outcome, _content.because, input.context.page.language);
  const left = _limits!.left;
  if (!guard || !content[0] || (left && left.fresh <= 0)) return [];
  return [
    {
      rule: rule.id,
      variant: _variant,
      guard: { ...guard, ..._limits },
      content: _variant === CONTROL ? [] : content,
    },
  ];
}
