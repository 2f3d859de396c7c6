import type { RulesContent } from "./parseRules.ts";

/** Something a rule may do but nobody would want it to. */
export interface Finding {
  rule: string;
  /** Stable, for programs. */
  code: string;
  /** A sentence for the merchant. */
  message: string;
}

/** What the linter finds in rules that are valid. */
export function findingsIn(_content: RulesContent): Finding[] {
  return [];
}
