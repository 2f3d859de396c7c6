import type { Vitrine } from "@vitrine/browser";
import type { Decision, JsonObject } from "@vitrine/core";
import type { HandOff } from "./handOff.ts";
import { forgetLastActivity, keepLastActivity } from "./lastActivity.ts";

/** What the components of one tree share. */
export interface DecisionStore {
  vitrine: Vitrine | undefined;
  language: string;
  decide: (placement: string, app?: JsonObject) => Decision;
  /** What the server decided, while the first render is under way. */
  handed: (placement: string) => Decision | undefined;
  /** Tells when a decision may be another one. */
  subscribe: (listener: () => void) => () => void;
  /** Follows the SDK, once the tree stands. */
  start: () => () => void;
}

/** Creates a store; nothing happens before `start`, which a server never calls. */
export function createDecisionStore(
  vitrine: Vitrine | undefined,
  { decisions }: HandOff,
  language: string,
): DecisionStore {
  const listeners = new Set<() => void>();
  /** `first`: the first render, which goes by the hand-off alone. */
  let phase: "first" | "starting" | "ready" = "first";
  let isRemembered = false;

  const handed = (placement: string) =>
    Object.hasOwn(decisions, placement) ? decisions[placement] : undefined;
  const tell = () => listeners.forEach((listener) => listener());

  return {
    vitrine,
    language,
    decide: (placement, app) =>
      phase === "ready"
        ? vitrine!.decide(placement, app)
        : (handed(placement) ?? { placement, reason: "default", evidence: [], trace: [] }),
    handed: (placement) => (phase === "first" ? handed(placement) : undefined),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    start: () => {
      phase = "starting";
      if (!vitrine) return () => {};
      const refresh = async () => {
        const { anonymousId } = await vitrine.ready();
        phase = "ready";
        isRemembered = anonymousId !== undefined;
        if (!isRemembered) forgetLastActivity(document);
        tell();
      };
      void refresh();
      const ends = [
        vitrine.on("ruleset", () => void refresh()),
        vitrine.on("profile", () => void refresh()),
        keepLastActivity(document, () => isRemembered),
      ];
      return () => ends.forEach((end) => end());
    },
  };
}
