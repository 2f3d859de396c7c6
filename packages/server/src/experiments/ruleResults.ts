import { setImmediate } from "node:timers/promises";
import type { Experiment, Rule, Ruleset, SurveyScore } from "@vitrine/core";
import { foldOf } from "../identity/person.ts";
import type { Published } from "../rules/rulesetStore.ts";
import type { Rulesets } from "../rules/rulesets.ts";
import { rulesetsOf } from "../rules/rulesetsOf.ts";
import type { Services } from "../services.ts";
import { createExposureStore, type ExposureStore, type FirstExposure } from "./exposureStore.ts";
import { readOutcome } from "./readOutcome.ts";
import { readSurveyScore } from "./surveyResults.ts";
import { createVariantCounter, type VariantTally } from "./tallyVariants.ts";

/** What a published rule did, since its split and its action are what they are. */
export interface RuleResults {
  rule: string;
  /** Null: the rule has no split, so what it does cannot be told from what would have been. */
  experiment: Experiment | null;
  /** The share of visitors that it is for now; 1 is everyone. */
  ramp: number;
  /** The version from which on it is as it is. */
  sinceVersion: number;
  /** When that was published, ms since 1970. */
  since: number;
  /** When it was counted, ms since 1970. */
  at: number;
  tally: VariantTally | null;
  /** Of a survey: what it came to, over all of its answers so far; null of every other rule. */
  survey: SurveyScore | null;
  /** Left out: they were shown more than one variant. */
  mixed: number;
  /** True where there are more visitors than are counted: then these are an even sample. */
  isSample: boolean;
}

/** Visitors counted at most. Ids are hashes, so the first ones by id are a sample without a bent. */
const MAX_VISITORS = 200_000;

/** Visitors read between two looks at other requests. */
const PAGE = 200;

/** A count is good for so long; whoever asks meanwhile gets the same. */
const KEEP_MS = 60_000;

/** Versions looked back over for the beginning of a rule as it is. */
const MAX_VERSIONS = 500;

const counted = new WeakMap<Services, Map<string, { at: number; results: Promise<RuleResults> }>>();

/** Counts what a published rule did; undefined when there is none of that id. */
export async function readRuleResults(
  services: Services,
  siteId: string,
  id: string,
): Promise<RuleResults | undefined> {
  const rulesets = rulesetsOf(services);
  const rule = ruleOf(rulesets.current(siteId), id);
  if (!rule) return undefined;
  const known = counted.get(services) ?? new Map();
  counted.set(services, known);
  const at = services.clock();
  const began = beginningOf(rulesets, siteId, rule);
  const key = `${siteId}\n${id}\n${began.version}\n${rule.ramp}`;
  for (const [old, { at: then }] of known) if (at - then >= KEEP_MS) known.delete(old);
  const kept = known.get(key)?.results ?? count(services, siteId, rule, { ...began, now: at });
  if (!known.has(key)) {
    known.set(key, { at, results: kept });
    kept.catch(() => known.delete(key));
  }
  return kept;
}

/** A rule as devices got it: its segments may have changed while it did not. */
const ruleOf = (published: Published | undefined, id: string): Rule | undefined =>
  published && (JSON.parse(published.signed.payload) as Ruleset).rules.find((rule) => rule.id === id);

/** The oldest of the versions, without a break to now, in which the rule was split and did what it does now. */
function beginningOf(rulesets: Rulesets, siteId: string, rule: Rule): { version: number; at: number } {
  let { version, at } = rulesets.current(siteId)!;
  for (const older of rulesets.history(siteId, { before: version, limit: MAX_VERSIONS })) {
    const then = ruleOf(rulesets.version(siteId, older.version), rule.id);
    if (!then || essence(then) !== essence(rule)) break;
    ({ version, at } = older);
  }
  return { version, at };
}

/** What, when changed, makes another experiment of it. A ramp does not: it moves nobody between the variants. */
const essence = ({ experiment, action, when, placement }: Rule): string =>
  JSON.stringify([experiment, action, when, placement]);

async function count(
  services: Services,
  siteId: string,
  rule: Rule,
  { version, at, now }: { version: number; at: number; now: number },
): Promise<RuleResults> {
  const { id, experiment, ramp = 1 } = rule;
  const results: RuleResults = {
    rule: id,
    experiment: experiment ?? null,
    ramp,
    sinceVersion: version,
    since: at,
    at: now,
    tally: null,
    survey: readSurveyScore(services, siteId, rule),
    mixed: 0,
    isSample: false,
  };
  if (!experiment) return results;
  const store = createExposureStore(services.database);
  const people = await peopleShown(services, store, { siteId, rule: id, since: version });
  const counter = createVariantCounter(experiment);
  let read = 0;
  for (const { members, variant, at: shownAt, isMixed } of people.values()) {
    if (isMixed) results.mixed++;
    else counter.add(variant, readOutcome(foldOf(services.collector, siteId, members), shownAt));
    if (++read % PAGE === 0) await setImmediate();
  }
  return { ...results, tally: counter.result(), isSample: people.size >= MAX_VISITORS };
}

type Person = Omit<FirstExposure, "identity"> & { members: readonly string[] };

/** Each person once, however many of their devices were shown it. */
async function peopleShown(
  { collector }: Services,
  store: ExposureStore,
  { siteId, rule, since }: { siteId: string; rule: string; since: number },
): Promise<ReadonlyMap<string, Person>> {
  const people = new Map<string, Person>();
  for (let after = ""; people.size < MAX_VISITORS; await setImmediate()) {
    const page = store.page(siteId, rule, { since, after, limit: PAGE });
    for (const { identity, variant, at, isMixed } of page) {
      const members = collector.graph.members(siteId, identity);
      const known = people.get(members[0]!);
      people.set(members[0]!, {
        members,
        variant,
        at: Math.min(at, known?.at ?? at),
        isMixed: isMixed || !!known?.isMixed || (known !== undefined && known.variant !== variant),
      });
      after = identity;
    }
    if (page.length < PAGE) break;
  }
  return people;
}
