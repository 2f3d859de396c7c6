import { purposesOf, type Check } from "./finding.ts";
import { clausesOf } from "./conditions.ts";

/** Actions that show what is known of a person. */
const PERSONAL = new Set<string>(["continueCategory", "resume", "prefill"]);

/** A rule that uses a profile without asking whether it may. */
export const checkPurpose: Check = (rule) => {
  if (purposesOf(rule).includes("personalization")) return [];
  const reads = clausesOf(rule.when).find(({ path }) => path.startsWith("profile."))?.path;
  if (!reads && !PERSONAL.has(rule.action.type)) return [];
  const message = `Uses ${reads ? `“${reads}”` : "what is known of the shopper"} without asking for consent; add "personalization" to its purposes.`;
  return [{ rule: rule.id, code: "no_purpose", message }];
};

/** A purpose that shoppers are asked for at the mirror only. */
export const checkGranted: Check = (rule) => {
  if (!purposesOf(rule).includes("camera")) return [];
  const message =
    "Needs consent to the camera, which nobody gives in a web page; it is shown at the mirror only.";
  return [{ rule: rule.id, code: "never_granted", message }];
};
