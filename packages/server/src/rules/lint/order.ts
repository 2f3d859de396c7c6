import type { Rule } from "@vitrine/core";
import { isBefore, purposesOf, type Check } from "./finding.ts";

/** Actions that have something to show whoever asks: nothing below such a rule is reached once it holds. */
const ALWAYS_SHOWN = new Set<string>(["message", "value"]);

/** A rule above it holds whenever this one does, and always has something to show. */
export const checkShadow: Check = (rule, { rules }) => {
  const shadow = rules.find(
    (other) => other.placement === rule.placement && isBefore(other, rule) && hides(other, rule),
  );
  if (!shadow) return [];
  const message = `Is never shown: “${shadow.id}” comes first in ${rule.placement} and holds whenever this rule does.`;
  return [{ rule: rule.id, code: "shadowed", message }];
};

function hides(above: Rule, below: Rule): boolean {
  if (!ALWAYS_SHOWN.has(above.action.type) || above.cap) return false;
  if (!purposesOf(above).every((purpose) => purposesOf(below).includes(purpose))) return false;
  return covers(above, below) && implies(below.when ?? {}, above.when ?? {});
}

/** True when `above` runs at least as long. Dates and instants are compared by day, so a doubt is no finding. */
function covers(above: Rule, below: Rule): boolean {
  const { from, to } = above.schedule ?? {};
  const inner = below.schedule ?? {};
  return (!from || (!!inner.from && inner.from >= from)) && (!to || (!!inner.to && inner.to <= to));
}

/** True when each clause of `weaker` stands in `stronger` too; other ways to imply are not looked for. */
function implies(stronger: object, weaker: object): boolean {
  const known = new Set(Object.entries(stronger).map((clause) => JSON.stringify(clause)));
  return Object.entries(weaker).every((clause) => known.has(JSON.stringify(clause)));
}

/** Two rules of one placement and priority: the alphabet decides, which nobody means. */
export const checkTie: Check = (rule, { rules }) => {
  const same = rules.find(
    (other) =>
      other !== rule &&
      other.placement === rule.placement &&
      (other.priority ?? 0) === (rule.priority ?? 0) &&
      isBefore(other, rule),
  );
  if (!same) return [];
  const message = `Has the same priority as “${same.id}” in ${rule.placement}; that one wins only because its name comes first.`;
  return [{ rule: rule.id, code: "tie", message }];
};
