import type { Rule } from "@vitrine/core";

/** Something a rule may do but nobody would want it to. */
export interface Finding {
  /** The rule's id. */
  rule: string;
  /** Stable, for programs. */
  code:
    | "shadowed"
    | "tie"
    | "always"
    | "never"
    | "ended"
    | "no_purpose"
    | "never_granted"
    | "unknown_fact"
    | "unknown_name"
    | "missing_language"
    | "label_without_link"
    | "not_at_first_paint";
  /** A sentence for the merchant. */
  message: string;
}

/** Looks for one kind of mistake. */
export type Check = (rule: Rule, context: { rules: readonly Rule[]; now: number }) => Finding[];

/** The order in which rules of one placement are tried: by priority, then by id. */
export function isBefore(a: Rule, b: Rule): boolean {
  const byPriority = (a.priority ?? 0) - (b.priority ?? 0);
  return byPriority === 0 ? a.id < b.id : byPriority > 0;
}

/** Purposes a rule needs; personalization when it does not say. */
export function purposesOf(rule: Rule): readonly string[] {
  return rule.purposes ?? ["personalization"];
}
