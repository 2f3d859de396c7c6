import type { Outcome } from "./decision.ts";
import { presentContent } from "./presentContent.ts";
import { presentSurvey } from "./presentSurvey.ts";
import type { ViewNode } from "./viewNode.ts";

/** Turns any outcome of a page into content; empty for those that are none (`prefill`, `filters`, `store`, `value`, `screen`). */
export function present(outcome: Outcome, because: string | undefined, language: string): ViewNode[] {
  return outcome.type === "survey"
    ? presentSurvey(outcome, because)
    : presentContent(outcome, because, language);
}
