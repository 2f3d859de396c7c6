import type { DecisionInput, Material } from "../decision.ts";
import type { Action, PageAction } from "../ruleset.ts";

/** What an action of a page makes of a profile; undefined when there is nothing to show. */
export type Maker<T extends PageAction["type"]> = (
  action: Extract<Action, { type: T }>,
  input: DecisionInput,
) => Material | undefined;
