import { ProviderEvents, type OpenFeatureEventEmitter } from "@openfeature/web-sdk";
import type { Vitrine } from "@vitrine/browser";
import { waitForRules } from "./waitForRules.ts";

/** The provider's part in the life of the rules: from waiting for the first to telling of others. */
export interface RulesFollower {
  /** Settles with the first rules; rejects where they are refused or do not come, and goes on listening for them. */
  start: () => Promise<void>;
  stop: () => void;
  /** A decision found that the rules expired. */
  noteStale: () => void;
}

/** Tells OpenFeature what becomes of the rules. That the first ones came in time it tells by itself, after `start`. */
export function followRules(
  vitrine: Pick<Vitrine, "decide" | "on" | "ready">,
  events: OpenFeatureEventEmitter,
  timeoutMs: number,
): RulesFollower {
  let state: "waiting" | "ready" | "stale" | "failed" = "waiting";
  let stop: (() => void) | undefined;
  const hear = (): void => {
    if (state === "waiting") return;
    events.emit(state === "ready" ? ProviderEvents.ConfigurationChanged : ProviderEvents.Ready);
    state = "ready";
  };
  return {
    start: async () => {
      stop ??= vitrine.on("ruleset", hear);
      try {
        await waitForRules(vitrine, timeoutMs);
        state = "ready";
      } catch (cause) {
        state = "failed";
        throw cause;
      }
    },
    stop: () => {
      stop?.();
      stop = undefined;
    },
    noteStale: () => {
      if (state !== "ready") return;
      state = "stale";
      events.emit(ProviderEvents.Stale, { message: "The rules expired, and no newer ones came." });
    },
  };
}
