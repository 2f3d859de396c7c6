import type { DecisionInput } from "./decision.ts";
import { guardOf } from "./guard.ts";
import { present } from "./present.ts";
import type { Rule } from "./ruleset.ts";
import type { PlanEntry, SlotPlan } from "./slotPlan.ts";
import { fillText, localText } from "./text.ts";
import { CONTROL, rulesFor, tryRule } from "./tryRule.ts";

/** Known when the plan is compiled; `session.*` and `page.*` belong to the next page. */
const isKnown = (path: string): boolean => /^(profile|device)(\.|$)/.test(path);

/**
 * Compiles what the next page shows: finished content for each placement, with a guard for what is not known yet.
 * A rule whose rest is no guard stays out. An entry without content holds the placement for a control group.
 */
export function compilePlan(input: DecisionInput): SlotPlan | undefined {
  const { ruleset, now } = input;
  if (!ruleset || ruleset.notAfter <= now) return undefined;
  const { rules, version, notAfter } = ruleset;
  const slots: SlotPlan["slots"] = {};
  for (const { placement } of rules) {
    slots[placement] ??= rulesFor(rules, placement).flatMap((rule) => planRule(rule, input) ?? []);
  }
  return { v: 1, version, notAfter, slots };
}

function planRule(rule: Rule, input: DecisionInput): PlanEntry | undefined {
  const { language } = input.context.page;
  const tried = tryRule(rule, input, isKnown);
  if ("result" in tried) return undefined;
  const { variant, outcome, values, rest, from, to, left } = tried;
  const guard = guardOf(rest ?? {});
  const because = rule.because && fillText(localText(rule.because, language), values);
  const content = present(outcome, because, language);
  if (!guard || !content[0] || (left && left.now <= 0 && left.fresh <= 0)) return undefined;
  if (from > input.now) guard.from = from;
  if (to < Infinity) guard.to = to;
  if (left) guard.left = left;
  return { rule: rule.id, guard, content: variant === CONTROL ? [] : content, ...(variant && { variant }) };
}
