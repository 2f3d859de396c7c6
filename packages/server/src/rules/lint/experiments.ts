import { notice, type Check } from "./finding.ts";

/** Without visitors who do not see it, nobody can tell what a rule changes. Mirrors keep no record of whom they showed what. */
export const checkHoldout: Check = (rule) => {
  if (rule.experiment || rule.action.type === "screen") return [];
  // Those outside its ramp are no control group: nothing is noted of them.
  const whom = (rule.ramp ?? 1) < 1 ? "Everybody inside its ramp" : "Everybody";
  const message = `${whom} sees it, so nobody can tell what it changes. Keep it from a tenth of the visitors: "experiment" with the variants "control" and "on".`;
  return [notice(rule, "no_holdout", message)];
};
