import { fulfil } from "./actions.ts";
import { attributesOf, barrierOf, rulesFor, showsLeft, variantOf } from "./candidates.ts";
import { traceCondition } from "./condition/index.ts";
import type { Decision, DecisionInput, RuleTrace } from "./decision.ts";
import type { Rule } from "./ruleset.ts";
import { scheduleBounds } from "./schedule.ts";
import { becauseOf } from "./sentences.ts";

/** The variant that shows the shop's own default. */
export const CONTROL = "control";

/**
 * Decides what a placement shows: the first rule, by priority, that may be used, whose condition holds and whose
 * action comes to content. Pure, and never throws: a rule that cannot be evaluated is passed over with `error`.
 */
export function decide(placement: string, input: DecisionInput): Decision {
  const { ruleset } = input;
  const decision: Decision = { placement, reason: "default", evidence: [], trace: [] };
  if (!ruleset) return { ...decision, reason: "disabled" };
  decision.version = ruleset.version;
  if (ruleset.notAfter <= input.now) return { ...decision, reason: "stale" };
  for (const rule of rulesFor(ruleset, placement)) {
    const isDecided = decision.rule !== undefined;
    decision.trace.push(
      isDecided ? { rule: rule.id, result: "lower_priority", clauses: [] } : tryRule(rule, input, decision),
    );
  }
  if (decision.rule === undefined && decision.trace.some((trace) => trace.result === "error"))
    decision.reason = "error";
  return decision;
}

/** Tries one rule; when it wins, or its control group does, the decision is made. */
function tryRule(rule: Rule, input: DecisionInput, decision: Decision): RuleTrace {
  const trace: RuleTrace = { rule: rule.id, result: "won", clauses: [] };
  const not = (result: RuleTrace["result"], code?: string): RuleTrace => ({
    ...trace,
    result,
    ...(code ? { code } : {}),
  });
  try {
    const barrier = barrierOf(rule, input);
    if (barrier) return not(barrier);
    const { from = -Infinity, to = Infinity } = scheduleBounds(rule.schedule);
    if (input.now < from || input.now >= to) return not("schedule");
    const left = showsLeft(rule, input);
    if (left && left.now <= 0) return not("cap");
    const { result, clauses } = traceCondition(rule.when ?? {}, attributesOf(input), {
      groups: input.ruleset?.groups,
    });
    trace.clauses = clauses;
    if (result.kind === "error") return not("error", result.code);
    if (result.kind === "no_match") return not("no_match");
    const fulfilled = fulfil(rule.action, input);
    if (!fulfilled) return not("no_content");
    const variant = variantOf(rule, input);
    decision.rule = rule.id;
    decision.reason = variant === undefined ? "targeting_match" : "split";
    if (variant !== undefined) decision.variant = variant;
    if (variant === CONTROL) return not("control");
    decision.outcome = fulfilled.outcome;
    decision.evidence = [...new Set(fulfilled.evidence)];
    decision.because = becauseOf(rule, fulfilled.outcome, input.context.page.language);
    return trace;
  } catch (error) {
    // A bad date or an action of a newer version: RangeError. The rule is off, the others go on.
    return not("error", error instanceof Error ? error.message : "error");
  }
}
