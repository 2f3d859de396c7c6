import { fulfil } from "./actions.ts";
import { attributesOf, barrierOf, placementsOf, rulesFor, showsLeft, variantOf } from "./candidates.ts";
import { evaluatePartially } from "./condition/index.ts";
import { CONTROL } from "./decide.ts";
import type { DecisionInput } from "./decision.ts";
import { guardOf } from "./guard.ts";
import { present } from "./present.ts";
import type { Rule } from "./ruleset.ts";
import { scheduleBounds } from "./schedule.ts";
import { becauseOf } from "./sentences.ts";
import type { PlanEntry, SlotGuard, SlotPlan } from "./slotPlan.ts";

/** Known when the plan is compiled; `session.*` and `page.*` belong to the next page. */
const isKnown = (path: string): boolean => /^(profile|device)(\.|$)/.test(path);

/**
 * Compiles what the next page shows: finished content for each placement, with a guard for what is not known yet.
 * A rule whose rest is no guard stays out. An entry without content holds the placement for a control group.
 */
export function compilePlan(input: DecisionInput): SlotPlan | undefined {
  const { ruleset, now } = input;
  if (!ruleset || ruleset.notAfter <= now) return undefined;
  const slots: SlotPlan["slots"] = {};
  for (const placement of placementsOf(ruleset)) {
    const entries = rulesFor(ruleset, placement).flatMap((rule) => planRule(rule, input) ?? []);
    if (entries.length > 0) slots[placement] = entries;
  }
  return { v: 1, version: ruleset.version, notAfter: ruleset.notAfter, slots };
}

function planRule(rule: Rule, input: DecisionInput): PlanEntry | undefined {
  try {
    if (barrierOf(rule, input)) return undefined;
    const guard = planGuard(rule, input);
    const fulfilled = guard && fulfil(rule.action, input);
    if (!fulfilled) return undefined;
    const variant = variantOf(rule, input);
    const because = becauseOf(rule, fulfilled.outcome, input.context.page.language);
    const content = present(fulfilled.outcome, because, input.context.page.language);
    if (content.length === 0) return undefined;
    const entry = { rule: rule.id, guard, content: variant === CONTROL ? [] : content };
    return variant === undefined ? entry : { ...entry, variant };
  } catch {
    // As in `decide`: a rule that cannot be evaluated (RangeError) is off.
    return undefined;
  }
}

function planGuard(rule: Rule, input: DecisionInput): SlotGuard | undefined {
  const { from, to } = scheduleBounds(rule.schedule);
  const left = showsLeft(rule, input);
  if ((to !== undefined && to <= input.now) || (left && left.now <= 0 && left.fresh <= 0)) return undefined;
  const part = evaluatePartially(rule.when ?? {}, attributesOf(input), isKnown, {
    groups: input.ruleset?.groups,
  });
  const rest = part.kind === "match" ? {} : part.kind === "rest" ? guardOf(part.rest) : undefined;
  if (!rest) return undefined;
  return {
    ...rest,
    ...(from !== undefined && from > input.now ? { from } : {}),
    ...(to !== undefined ? { to } : {}),
    ...(left ? { left } : {}),
  };
}
