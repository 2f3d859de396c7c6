import type { ClauseTrace } from "./condition/index.ts";
import type { Decision, DecisionInput, RuleTrace } from "./decision.ts";
import { fillText, localText } from "./text.ts";
import { CONTROL, rulesFor, tryRule } from "./tryRule.ts";

const everything = (): boolean => true;

/**
 * Decides what a placement shows: the first rule, by priority, that may be used, whose condition holds and whose
 * action comes to content. Pure, and never throws: a rule that cannot be evaluated is passed over with `error`.
 */
export function decide(placement: string, input: DecisionInput): Decision {
  const { ruleset, now, context } = input;
  const decision: Decision = {
    placement,
    reason: "default",
    evidence: [],
    trace: [],
    version: ruleset?.version,
  };
  if (!ruleset) return { ...decision, reason: "disabled" };
  if (ruleset.notAfter <= now) return { ...decision, reason: "stale" };
  for (const rule of rulesFor(ruleset.rules, placement)) {
    const clauses: ClauseTrace[] = [];
    const note = (result: RuleTrace["result"], code?: string) =>
      decision.trace.push({ rule: rule.id, result, clauses, ...(code && { code }) });
    if (decision.rule !== undefined) {
      note("lower_priority");
      continue;
    }
    const tried = tryRule(rule, input, everything, ({ path = "", operator, operand }, seen, matched) => {
      clauses.push({ path, operator, operand, seen, matched });
    });
    if ("result" in tried) {
      if (tried.result === "error") decision.reason = "error";
      note(tried.result, tried.code);
    } else if (now < tried.from) note("schedule");
    else if (tried.left && tried.left.now <= 0) note("cap");
    else {
      const { variant, outcome, values, evidence } = tried;
      decision.rule = rule.id;
      decision.variant = variant;
      decision.reason = variant === undefined ? "targeting_match" : "split";
      note(variant === CONTROL ? "control" : "won");
      if (variant === CONTROL) continue;
      decision.outcome = outcome;
      decision.evidence = [...new Set(evidence)];
      decision.because = rule.because && fillText(localText(rule.because, context.page.language), values);
    }
  }
  return decision;
}
