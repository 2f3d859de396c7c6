import { get } from "../profile/keyed.ts";
import type { ActionSet, DecisionInput, Outcome } from "./decision.ts";
import type { Action, Texts } from "./ruleset.ts";
import { fillText, localText } from "./text.ts";

/** What a decision shows, says, and rests on: messages, newest first, each once. */
export interface Fulfilled {
  outcome: Outcome;
  because: string | undefined;
  evidence: string[];
}

/**
 * Turns an action into content for this profile and page; undefined when there is nothing to show.
 * @throws RangeError for an action that there is not here: of a newer version, or of a mirror.
 */
export function fulfil(
  action: Action,
  because: Texts | undefined,
  input: DecisionInput & { actions: ActionSet },
): Fulfilled | undefined {
  const make = get(input.actions, action.type);
  if (!make) throw new RangeError("unknown_action");
  const material = make(action as never, input);
  if (!material) return undefined;
  const { products = [], href, values = {}, evidence = [], outcome, image } = material;
  const fill = (texts: Texts | undefined) =>
    texts && fillText(localText(texts, input.context.page.language), values);
  const { type, title, text, label } = { ...action, ...material.texts } as Extract<
    Action,
    { type: "message" }
  >;
  return {
    outcome: outcome ?? {
      type,
      title: fill(title),
      text: fill(text),
      label: fill(label),
      href,
      products,
      ...(image && { image }),
    },
    because: fill(because),
    evidence: [...new Set(evidence)],
  };
}
