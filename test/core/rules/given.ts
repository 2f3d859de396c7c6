import type { TimedEvent } from "../../../packages/core/src/event/event.ts";
import type { Json, JsonObject } from "../../../packages/core/src/json.ts";
import { foldAll } from "../../../packages/core/src/profile/fold.ts";
import { profileView } from "../../../packages/core/src/profile/profileView.ts";
import type { DecisionContext, DecisionInput, Outcome } from "../../../packages/core/src/rules/decision.ts";
import type { Rule } from "../../../packages/core/src/rules/ruleset.ts";

const HOUR_MS = 3_600_000;

/** The moment of all cases, unless they say otherwise. */
export const NOW: number = Date.parse("2026-11-10T12:00:00Z");

/** What a case starts from; times are in hours before or after now. */
export interface Given {
  /** Tracked events, oldest first; their message ids are `e1`, `e2` … in this order. */
  events?: [hoursAgo: number, name: string, properties: JsonObject][];
  /** `null` for a site without ruleset. */
  rules: Rule[] | null;
  groups?: Record<string, Json[]>;
  /** When the ruleset expires; in 100 hours when absent. */
  expiresInHours?: number;
  /** What differs from {@link CONTEXT}. */
  context?: { [K in keyof DecisionContext]?: Partial<DecisionContext[K]> | string | string[] };
}

/** A new session on the home page, in English, with all consent. */
export const CONTEXT: DecisionContext = {
  targetingKey: "d_shopper",
  session: { isNew: true },
  page: { path: "/", query: {}, language: "en" },
  device: {},
  consent: ["analytics", "personalization", "marketing"],
  shown: {},
};

/** Builds the input of a decision. */
export function inputOf({ events = [], rules, groups, expiresInHours = 100, context }: Given): DecisionInput {
  const fold = foldAll(events.map(eventOf));
  return {
    ruleset: rules
      ? { site: "s", version: 7, notAfter: NOW + expiresInHours * HOUR_MS, rules, ...(groups && { groups }) }
      : undefined,
    fold,
    profile: profileView(fold, NOW),
    context: {
      ...CONTEXT,
      ...context,
      page: { ...CONTEXT.page, ...(context?.page as object | undefined) },
    } as DecisionContext,
    now: NOW,
  };
}

function eventOf([hoursAgo, event, properties]: NonNullable<Given["events"]>[number], i: number): TimedEvent {
  const time = NOW - hoursAgo * HOUR_MS;
  const messageId = `e${i + 1}`;
  return { type: "track", event, messageId, timestamp: time, time, properties, traits: {}, context: {} };
}

/** What cases say of an outcome: the texts, and products by id. */
export function summaryOf(outcome: Outcome | undefined): unknown {
  if (!outcome) return undefined;
  if (outcome.type === "prefill") {
    const { kind, level } = outcome.usual;
    const size = outcome.usual.kind === "ask" ? outcome.usual.labels : outcome.usual.label;
    return { type: outcome.type, kind, size, level };
  }
  return "products" in outcome
    ? { ...outcome, products: outcome.products.map((product) => product.id) }
    : outcome;
}
