import {
  PURPOSES,
  type Cap,
  type Exclusive,
  type Experiment,
  type Json,
  type JsonObject,
  type Rule,
  type Segments,
} from "@vitrine/core";
import { optional, readInteger, readJson, readList, readObject, readWord, type Cursor } from "./problems.ts";
import { readAction } from "./readAction.ts";
import { readCondition } from "./readCondition.ts";
import { readName } from "./readName.ts";
import { readSchedule } from "./readSchedule.ts";
import { readTexts } from "./readTexts.ts";

const FIELDS = [
  "id",
  "placement",
  "priority",
  "purposes",
  "when",
  "schedule",
  "cap",
  "ramp",
  "exclusive",
  "experiment",
  "because",
  "action",
];

const MAX_PRIORITY = 1_000;
const MAX_SHOWN = 1_000;
const MAX_VARIANTS = 10;

/** Reads one rule; what is wrong with it is noted at its place. */
export function readRule(at: Cursor, segments?: Segments): Rule | undefined {
  if (!readObject(at, FIELDS)) return undefined;
  const id = readName(at.to("id"));
  const placement = readName(at.to("placement"));
  const action = readAction(at.to("action"));
  const rest = {
    priority: optional(at.to("priority"), (p) => readInteger(p, -MAX_PRIORITY, MAX_PRIORITY)),
    purposes: optional(at.to("purposes"), (p) =>
      readList(p, PURPOSES.length, (item) => readWord(item, PURPOSES)),
    ),
    when: optional<JsonObject>(at.to("when"), (when) => readCondition(when, { segments })),
    schedule: optional(at.to("schedule"), readSchedule),
    cap: optional(at.to("cap"), readCap),
    ramp: optional(at.to("ramp"), readRamp),
    exclusive: optional(at.to("exclusive"), readExclusive),
    experiment: optional(at.to("experiment"), readExperiment),
    because: optional(at.to("because"), readTexts),
  };
  if (!id || !placement || !action) return undefined;
  if (action.type === "screen" && rest.cap)
    return at.to("cap").fail("A mirror forgets whom it showed what; leave the cap out.");
  if (action.type === "screen" && rest.ramp !== undefined)
    return at
      .to("ramp")
      .fail("A mirror knows nobody again, so nobody would stay in its share; leave the ramp out.");
  if (action.type === "screen" && rest.exclusive)
    return at
      .to("exclusive")
      .fail("A mirror knows nobody again, so nobody would stay in its part; leave the group out.");
  if (action.type === "survey" && !rest.purposes?.includes("analytics"))
    return at
      .to("purposes")
      .fail('An answer is kept for statistics: a survey needs the purpose "analytics".');
  const kept = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return { id, placement, ...kept, action };
}

function readCap(at: Cursor): Cap | undefined {
  if (!readObject(at, ["per", "max"])) return undefined;
  const per = readWord(at.to("per"), ["session", "day", "ever"]);
  const max = readInteger(at.to("max"), 1, MAX_SHOWN);
  return per && max ? { per, max } : undefined;
}

function readRamp(at: Cursor): number | undefined {
  const { value } = at;
  return typeof value === "number" && value > 0 && value <= 1
    ? value
    : at.fail(
        "Must be a number above 0 and at most 1: 0.1 is a tenth of the visitors. Leave it out for everyone.",
      );
}

function readExclusive(at: Cursor): Exclusive | undefined {
  if (!readObject(at, ["group", "from", "to"])) return undefined;
  const group = readName(at.to("group"));
  const from = readShare(at.to("from"));
  const to = readShare(at.to("to"));
  if (!group || from === undefined || to === undefined) return undefined;
  return from < to
    ? { group, from, to }
    : at.to("to").fail("Must be above from: 0 to 0.5 is the first half of the visitors.");
}

function readExperiment(at: Cursor): Experiment | undefined {
  if (!readObject(at, ["key", "weights", "variants"])) return undefined;
  const key = readName(at.to("key"));
  const variants = readList(at.to("variants"), MAX_VARIANTS, readName);
  const weights = readList(at.to("weights"), MAX_VARIANTS, readShare);
  if (!key || !variants || !weights) return undefined;
  if (variants.length < 2) return at.to("variants").fail("An experiment compares at least two variants.");
  if (new Set(variants).size < variants.length) return at.to("variants").fail("Names a variant twice.");
  if (variants.length !== weights.length) return at.to("weights").fail("Needs one weight for each variant.");
  const total = weights.reduce((a, b) => a + b, 0);
  if (Math.abs(total - 1) > 1e-6)
    return at.to("weights").fail(`Must add up to 1; these add up to ${+total.toFixed(6)}.`);
  return { key, weights, variants };
}

function readShare(at: Cursor): number | undefined {
  const { value } = at;
  return typeof value === "number" && value >= 0 && value <= 1
    ? value
    : at.fail("Must be a number from 0 to 1.");
}

/** Reads the saved groups of `$inGroup`. */
export function readGroups(at: Cursor): Record<string, Json[]> | undefined {
  if (typeof at.value !== "object" || at.value === null || Array.isArray(at.value))
    return at.fail("Must be an object.");
  const names = Object.keys(at.value);
  if (names.length > 100) return at.fail(`Holds ${names.length} groups; at most 100 are allowed.`);
  const groups = names.map((name) => [
    name,
    readList(at.to(name), 10_000, (item) => readJson(item, 256)) ?? [],
  ]);
  return Object.fromEntries(groups) as Record<string, Json[]>;
}
