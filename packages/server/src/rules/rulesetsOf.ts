import type { Services } from "../services.ts";
import { createRulesets, type Rulesets } from "./rulesets.ts";

const known = new WeakMap<Services, Rulesets>();

/** The rulesets of a running server; opened at first use. */
export function rulesetsOf(services: Services): Rulesets {
  let rulesets = known.get(services);
  if (!rulesets) known.set(services, (rulesets = createRulesets(services)));
  return rulesets;
}
