import type { Finding as RuleFinding, Rule } from "@vitrine/core";

/** Something a rule may do but nobody would want it to: core's findings, and those that need to know the shop's side. */
export interface Finding extends Omit<RuleFinding, "code" | "severity"> {
  /** A notice is no slip: only good to know. */
  severity: RuleFinding["severity"] | "notice";
  /** Stable, for programs. */
  code:
    | RuleFinding["code"]
    | "always_shown"
    | "unknown_fact"
    | "missing_language"
    | "label_without_link"
    | "never_granted"
    | "no_holdout"
    | "no_catalogue";
}

/** Looks for one kind of mistake. */
export type Check = (rule: Rule) => Finding[];

/** A likely slip. */
export function warning(rule: Rule, code: Finding["code"], message: string): Finding {
  return { rule: rule.id, code, severity: "warning", message };
}

/** Something good to know. */
export function notice(rule: Rule, code: Finding["code"], message: string): Finding {
  return { rule: rule.id, code, severity: "notice", message };
}
