import {
  compilePlan,
  copyFold,
  decide,
  evaluateCondition,
  foldAll,
  foldEvent,
  profileView,
  type DecisionInput,
  type Fold,
  type JsonObject,
  type Rule,
  type TimedEvent,
} from "@vitrine/core";
import { evalCondition } from "@growthbook/growthbook";
import { startChild } from "../support/childProcess.ts";
import { interleave } from "../support/interleave.ts";
import { GROWTHBOOK } from "../support/scripts.ts";
import { history } from "../support/shopEvents.ts";
import { median } from "../support/statistics.ts";
import type { Figure, Workload } from "../support/Workload.ts";

const HISTORY_LENGTHS = [100, 1_000, 10_000];
const HISTORY_DAYS = 90;
/** Events folded in one round on top of a history. */
const NEW_EVENTS = 2_000;
const RULE_COUNTS = [10, 100, 1_000];
const ROUNDS = 31;
const QUICK_ROUNDS = 7;

/** Time for one event on the longest history against the shortest: O(1), with room for larger tables. */
const MAX_GROWTH = 2;
const MAX_DECIDE_MS = 5;

const NOW = Date.UTC(2026, 5, 1, 12);

/** The pure core in Node: what an event, a profile and a decision cost as history and rules grow. */
export const foldAndDecide: Workload = {
  name: "foldAndDecide",
  about: "the pure core in Node, as history and rules grow; conditions beside GrowthBook's evalCondition",
  run: async ({ isQuick }) => {
    const child = startChild("foldAndDecide");
    try {
      return await child.call<Figure[]>("measure", isQuick ? QUICK_ROUNDS : ROUNDS);
    } finally {
      await child.stop();
    }
  },
};

/** Measures everything here, in the process that calls it. */
export async function measurePureCore(rounds: number): Promise<Figure[]> {
  const folds = HISTORY_LENGTHS.map((length) => foldAll(history(length, HISTORY_DAYS, NOW, 1)));
  return [
    ...(await measureFold(folds, rounds)),
    ...(await measureView(folds, rounds)),
    ...(await measureRules(folds[1]!, rounds)),
  ];
}

/** ms that `work` takes. */
function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

async function measureFold(folds: Fold[], rounds: number): Promise<Figure[]> {
  const news = history(NEW_EVENTS, 1, NOW + 86_400_000, 2);
  const foldOn = (fold: Fold) => () => {
    const copy = copyFold(fold);
    return (timed(() => foldInto(copy, news)) / NEW_EVENTS) * 1000;
  };
  const measured = await interleave(rounds, byLength(folds, foldOn));
  const [shortest] = HISTORY_LENGTHS;
  const control = median(measured[shortest!]!);
  return HISTORY_LENGTHS.map((length) => {
    const value = median(measured[length]!);
    return {
      what: `fold one event on ${length} events`,
      value,
      unit: "µs",
      ...(length !== shortest && { beside: { what: `on ${shortest} events`, value: control } }),
      ...(length === HISTORY_LENGTHS.at(-1) && {
        budget: { text: `O(1): ≤ ${MAX_GROWTH}× of the shortest`, isKept: value <= control * MAX_GROWTH },
      }),
    };
  });
}

function foldInto(fold: Fold, events: TimedEvent[]): void {
  for (const event of events) foldEvent(fold, event);
}

async function measureView(folds: Fold[], rounds: number): Promise<Figure[]> {
  const measured = await interleave(
    rounds,
    byLength(folds, (fold) => () => timed(() => profileView(fold, NOW))),
  );
  const parsed = await interleave(
    rounds,
    byLength(folds, (fold) => () => timed(() => copyFold(fold))),
  );
  return HISTORY_LENGTHS.map((length) => ({
    what: `profileView of ${length} events`,
    value: median(measured[length]!),
    unit: "ms",
    beside: { what: "JSON there and back", value: median(parsed[length]!) },
  }));
}

function byLength<T>(folds: Fold[], make: (fold: Fold) => () => T): Record<number, () => T> {
  return Object.fromEntries(HISTORY_LENGTHS.map((length, at) => [length, make(folds[at]!)]));
}

/** Conditions as merchants write them. None holds for the shopper of this workload. */
const CONDITIONS: ((at: number) => JsonObject)[] = [
  (at) => ({ "profile.lastViewed.category.id": { $eq: `campaign-${at}` } }),
  (at) => ({ "profile.cart.count": { $gt: 50 + at }, "session.isNew": true }),
  (at) => ({ "page.path": { $regex: `^/landing/${at}/` } }),
  (at) => ({ "profile.orderCount": { $gte: 1_000 + at }, "profile.cart.value": { $gt: 100 } }),
  (at) => ({
    $or: [{ "device.kind": `kiosk-${at}` }, { "profile.traits.plan": { $in: ["gold", `tier-${at}`] } }],
  }),
  (at) => ({ "profile.recent": { $elemMatch: { id: `gone-${at}` } } }),
];

/** Rules for one placement of which only the last one wins: every condition has to be looked at. */
function makeRules(count: number): Rule[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `rule-${String(at).padStart(5, "0")}`,
    placement: "home-hero",
    priority: count - at,
    when: at === count - 1 ? { "session.isNew": true } : CONDITIONS[at % CONDITIONS.length]!(at),
    because: { en: "Because of a rule." },
    action: { type: "message" as const, text: { en: "Welcome back" } },
  }));
}

function makeInput(fold: Fold, rules: Rule[]): DecisionInput {
  return {
    ruleset: { site: "bench", version: 1, notAfter: NOW + 86_400_000, rules },
    fold,
    profile: profileView(fold, NOW),
    now: NOW,
    context: {
      targetingKey: "d_bench",
      session: { isNew: true },
      page: { path: "/", query: {}, language: "en" },
      device: { kind: "phone" },
      consent: ["analytics", "personalization"],
      shown: {},
    },
  };
}

async function measureRules(fold: Fold, rounds: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const count of RULE_COUNTS) {
    const rules = makeRules(count);
    const input = makeInput(fold, rules);
    const attributes = { ...input.context, profile: input.profile } as unknown as JsonObject;
    const conditions = rules.map(({ when }) => when!);
    const evaluate = () => conditions.map((one) => evaluateCondition(one, attributes).kind === "match");
    const evaluatePeer = () => conditions.map((one) => evalCondition(attributes, one as never));
    if (decide("home-hero", input).rule !== rules.at(-1)!.id || evaluate().join() !== evaluatePeer().join())
      throw new Error("the rules do not come out as this workload needs them");
    const measured = await interleave(rounds, {
      conditions: () => timed(evaluate),
      peer: () => timed(evaluatePeer),
      decide: () => timed(() => decide("home-hero", input)),
      plan: () => timed(() => compilePlan(input)),
    });
    const decideMs = median(measured.decide);
    const peer = { what: `${GROWTHBOOK} evalCondition`, value: median(measured.peer) };
    figures.push(
      { what: `${count} conditions`, value: median(measured.conditions), unit: "ms", beside: peer },
      {
        what: `decide among ${count} rules`,
        value: decideMs,
        unit: "ms",
        beside: { ...peer, what: "their conditions by evalCondition" },
        ...(count === RULE_COUNTS.at(-1) && {
          budget: { text: `< ${MAX_DECIDE_MS} ms`, isKept: decideMs < MAX_DECIDE_MS },
        }),
      },
      { what: `compilePlan of ${count} rules`, value: median(measured.plan), unit: "ms" },
    );
  }
  return figures;
}
