import { setImmediate } from "node:timers/promises";
import { prepareRules, type Rule, type Ruleset } from "@vitrine/core";
import type { RulesContent } from "../rules/parseRules.ts";
import type { Services } from "../services.ts";
import { identitiesSince, journeyOf } from "./journeys.ts";
import { rehearseJourney } from "./rehearseJourney.ts";

/** What rules would have done to the visitors of a time. */
export interface Rehearsal {
  /** ms since 1970. */
  from: number;
  to: number;
  /** People whose visits were gone through. */
  people: number;
  /** True where there were more: then these are an even sample. */
  isSample: boolean;
  rules: RehearsedRule[];
}

/** What one rule would have done. */
export interface RehearsedRule {
  rule: string;
  /** People who would have seen it, and how often all together. */
  people: number;
  times: number;
  /** People who would have been its control group. */
  control: number;
  /** People who meet its conditions and are outside its ramp, or its part of a group; they would not have seen it. */
  outside: number;
  /** People for whom another rule stood in its placement, by that rule. */
  beaten: Record<string, number>;
  /** What the first of them would have been told. */
  because: string | null;
  /** Facts it asks for that no visit tells; they counted as unknown. */
  untold: Untold[];
}

/** What a page knows and its events do not say. */
export type Untold = "device" | "geo";

/** People gone through at most: ids are hashes, so the first ones by id are a sample without a bent. */
const MAX_PEOPLE = 2_000;

/** Time that one rehearsal may take, ms: what was gone through until then is told. */
const MAX_MS = 10_000;

/**
 * Goes through the visits of the last `days` with rules that nobody has seen yet. Their schedules are left aside; what time it was is
 * not. `timeZone` stands for the visitors' own where their events do not say it.
 */
export async function rehearseRules(
  services: Services,
  siteId: string,
  content: RulesContent,
  { days, timeZone }: { days: number; timeZone: string },
): Promise<Rehearsal> {
  const to = services.clock();
  const from = to - days * 86_400_000;
  const ruleset = rulesetOf(siteId, content);
  const told = new Map(ruleset.rules.map((rule) => [rule.id, createTold(rule)]));
  const started = performance.now();
  const seen = new Set<string>();
  const identities = identitiesSince(services, siteId, from, MAX_DEVICES);
  let isSample = identities.length === MAX_DEVICES;
  for (const identity of identities) {
    const members = services.collector.graph.members(siteId, identity);
    if (seen.has(members[0]!)) continue;
    if (seen.size >= MAX_PEOPLE || performance.now() - started > MAX_MS) {
      isSample = true;
      break;
    }
    seen.add(members[0]!);
    const targetingKey = identity.replace(/^anonymous:/, "");
    rehearseJourney(journeyOf(services, siteId, members), ruleset, { from, targetingKey, timeZone }, (one) =>
      told.get(one.rule)?.add(members[0]!, one),
    );
    await setImmediate();
  }
  return { from, to, people: seen.size, isSample, rules: [...told.values()].map(({ result }) => result()) };
}

function rulesetOf(siteId: string, { rules, segments, ...content }: RulesContent): Ruleset {
  const prepared = prepareRules(rules, segments).map((rule) => ({ ...rule, schedule: {} }));
  return { ...content, site: siteId, version: 0, notAfter: Number.MAX_SAFE_INTEGER, rules: prepared };
}

/** Devices asked for: a person may have several, and more people than are gone through tell that there are more. */
const MAX_DEVICES = 2 * MAX_PEOPLE;

/** Any text that looks like a path is taken for one. */
const untoldOf = ({ when = {} }: Rule): Untold[] => {
  const asked = JSON.stringify(when);
  return (["device", "geo"] as const).filter((root) => asked.includes(`"${root}.`));
};

function createTold(rule: Rule) {
  const shown = new Set<string>();
  const control = new Set<string>();
  const outside = new Set<string>();
  const beaten = new Map<string, Set<string>>();
  let times = 0;
  let because: string | null = null;
  return {
    add(
      person: string,
      { result, by, because: words }: Parameters<Parameters<typeof rehearseJourney>[3]>[0],
    ): void {
      if (result === "shown") {
        times++;
        shown.add(person);
        because ??= words ?? null;
      } else if (result === "control") control.add(person);
      else if (result === "not_in_ramp" || result === "excluded") outside.add(person);
      else if (by !== undefined) beaten.set(by, (beaten.get(by) ?? new Set<string>()).add(person));
    },
    result: (): RehearsedRule => ({
      rule: rule.id,
      people: shown.size,
      times,
      control: control.size,
      outside: outside.size,
      beaten: Object.fromEntries([...beaten].map(([by, people]) => [by, people.size])),
      because,
      untold: untoldOf(rule),
    }),
  };
}
