import type { Decision, DecisionInput } from "./decision.ts";
import { pageActions } from "./actions/pageActions.ts";
import { timeFacts } from "./timeFacts.ts";
import { byPriority, tryRule, type RuleInput, type Tried } from "./tryRule.ts";

const everything = (): boolean => true;

/**
 * Decides what a placement shows: the first rule, by priority, that may be used, whose condition holds and whose
 * action comes to content. Pure, and never throws: a rule that cannot be evaluated is passed over with `error`.
 */
export function decide(placement: string, input: DecisionInput): Decision {
  return decideWith(placement, { ...input, actions: input.actions ?? pageActions() });
}

/** As {@link decide}, with the actions that are given and no others, so that a bundle has only those. */
export function decideWith(placement: string, input: RuleInput): Decision {
  const { ruleset, now, context } = input;
  const decision: Decision = {
    placement,
    reason: !ruleset ? "disabled" : ruleset.notAfter <= now ? "stale" : "default",
    version: ruleset?.version,
    evidence: [],
    trace: [],
  };
  if (decision.reason !== "default") return decision;
  try {
    const time = timeFacts(ruleset!.rules, now, context.timeZone);
    const timed = { ...input, context: { ...context, time } };
    for (const rule of byPriority(ruleset!.rules.filter((one) => one?.placement === placement))) {
      const { _trace, _content, _variant }: Tried =
        decision.rule === undefined
          ? tryRule(rule, timed, everything)
          : { _trace: { rule: rule.id, result: "lower_priority", clauses: [] } };
      const { result } = _trace;
      decision.trace.push(_trace);
      if (result === "error") decision.reason = result;
      if (result === "won") Object.assign(decision, _content);
      if (result === "won" || result === "control") {
        decision.rule = rule.id;
        decision.variant = _variant;
        decision.reason = _variant || rule.ramp! < 1 || rule.exclusive ? "split" : "targeting_match";
      }
    }
  } catch {
    // Not even a list of rules: no version would publish it.
    decision.reason = "error";
  }
  return decision;
}
