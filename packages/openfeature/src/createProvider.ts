import {
  OpenFeatureEventEmitter,
  type EvaluationContext,
  type JsonValue,
  type Provider,
  type ResolutionDetails,
} from "@openfeature/web-sdk";
import type { Vitrine } from "@vitrine/browser";
import type { Decision } from "@vitrine/core";
import { followRules } from "./followRules.ts";
import { resolutionOf, type FlagType } from "./resolutionOf.ts";
import { toAppFacts } from "./toAppFacts.ts";

/** What the provider needs of the SDK in the page. */
export type FlagSource = Pick<Vitrine, "decide" | "on" | "ready" | "track">;

/** How the provider behaves. */
export interface ProviderOptions {
  /** Longest wait for the first rules, 5,000 where absent; then the provider is in error until they come. */
  timeoutMs?: number;
  /** False: evaluating a flag that is split is not noted as its exposure. */
  exposures?: boolean;
}

/**
 * Gives OpenFeature the flags of a site. A flag is a placement whose rules have `value` actions; its key is the placement.
 * The evaluation context is what conditions read under `app.*`: it is evaluated in the page, and neither kept nor sent.
 * @param vitrine the SDK as `createVitrine` gives it, or `window.vitrine` of the script tag once it is ready
 */
export function createProvider(vitrine: FlagSource, options: ProviderOptions = {}): Provider {
  const events = new OpenFeatureEventEmitter();
  const rules = followRules(vitrine, events, options.timeoutMs ?? 5000);
  const expose = createExposure(vitrine);
  const resolve = <T extends JsonValue>(
    type: FlagType,
    key: string,
    fallback: T,
    context: EvaluationContext,
  ): ResolutionDetails<T> => {
    const decision = vitrine.decide(key, toAppFacts(context));
    if (decision.reason === "stale") rules.noteStale();
    const resolution = resolutionOf(decision, type, fallback);
    if (!resolution.errorCode && options.exposures !== false) expose(decision);
    return resolution;
  };
  return {
    metadata: { name: "vitrine" },
    runsOn: "client",
    events,
    initialize: rules.start,
    onClose: async () => rules.stop(),
    resolveBooleanEvaluation: (key, fallback, context) => resolve("boolean", key, fallback, context),
    resolveStringEvaluation: (key, fallback, context) => resolve("string", key, fallback, context),
    resolveNumberEvaluation: (key, fallback, context) => resolve("number", key, fallback, context),
    resolveObjectEvaluation: (key, fallback, context) => resolve("object", key, fallback, context),
    track: (name, _context, details) => void vitrine.track(name, details),
  };
}

/** Notes an exposure to an experiment, once a page load: code that asks for a flag goes by its answer. */
function createExposure(vitrine: FlagSource): (decision: Decision) => void {
  const noted = new Set<string>();
  return ({ placement, rule, variant, version }) => {
    const exposure = JSON.stringify([placement, rule, variant]);
    if (!variant || noted.has(exposure)) return;
    noted.add(exposure);
    void vitrine.track("Content Shown", { placement, rule, variant, version });
  };
}
