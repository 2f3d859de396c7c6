import type { Rule } from "@vitrine/core";
import { diffLines, type DiffLine } from "./diffLines.ts";

/** What became of one rule between two rulesets. */
export interface RuleChange {
  id: string;
  kind: "added" | "removed" | "changed";
  lines: DiffLine[];
}

/** Compares rules by id; unchanged ones are left out. Order alone is no change: rules go by priority. */
export function diffRules(before: readonly Rule[], after: readonly Rule[]): RuleChange[] {
  const old = new Map(before.map((rule) => [rule.id, textOf(rule)]));
  const fresh = new Map(after.map((rule) => [rule.id, textOf(rule)]));
  const ids = [...new Set([...fresh.keys(), ...old.keys()])];
  return ids.flatMap((id) => {
    const from = old.get(id) ?? "";
    const to = fresh.get(id) ?? "";
    if (from === to) return [];
    const kind = from === "" ? "added" : to === "" ? "removed" : "changed";
    return [{ id, kind, lines: diffLines(from, to) }];
  });
}

const textOf = (rule: Rule): string => JSON.stringify(rule, null, 2);
