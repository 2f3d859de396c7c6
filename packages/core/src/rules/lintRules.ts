import { safeUrl } from "./viewNode.ts";
import { evaluateCondition, type ConditionError } from "./condition/index.ts";
import { canHold, implies } from "./lint/canHold.ts";
import { leavesOf, pathOf, treeOf } from "./lint/conditionTree.ts";
import { whyNotAtFirstPaint } from "./lint/whyNotAtFirstPaint.ts";
import type { Action, ActionTexts, Rule, SurveyAction, Texts } from "./ruleset.ts";
import { fillText, localText } from "./text.ts";
import { byPriority } from "./tryRule.ts";

/** What {@link lintRules} may find. */
export type FindingCode =
  | "duplicate_id"
  | "unknown_operator"
  | "bad_pattern"
  | "bad_operand"
  | "too_complex"
  | "missing_purpose"
  | "unsafe_href"
  | "unreachable"
  | "shadowed"
  | "conflicting"
  | "overlapping_group"
  | "always_true"
  | "not_at_first_paint"
  | "missing_english"
  | "unfilled_placeholder"
  | "stock_without_age";

/** Something about a rule that its author would not want. */
export interface Finding {
  rule: string;
  code: FindingCode;
  /** An error keeps the rule from doing what it says; a warning is a likely slip. */
  severity: "error" | "warning";
  /** A sentence that says what to do. */
  message: string;
}

type Found = [code: FindingCode, message: string];

const ERRORS: readonly FindingCode[] = [
  "duplicate_id",
  "unknown_operator",
  "bad_pattern",
  "bad_operand",
  "too_complex",
  "missing_purpose",
  "unsafe_href",
  "stock_without_age",
];

/** What the texts of an action may name. */
const PLACEHOLDERS: Record<Action["type"], string[]> = {
  continueCategory: ["category"],
  resume: ["count"],
  prefill: ["size", "store"],
  message: [],
  value: [],
  reorder: ["product", "count"],
  recommend: ["product"],
  availability: ["product", "store", "count", "sizes", "time"],
  echoCreative: [],
  survey: [],
  identifyPrompt: [],
  screen: ["product", "count", "size"],
};

/** Actions that read the profile themselves. */
const PERSONAL: readonly string[] = [
  "continueCategory",
  "resume",
  "prefill",
  "screen",
  "reorder",
  "recommend",
  "availability",
];
/** Actions that always come to something. */
const CERTAIN: readonly string[] = ["message", "value"];

/** A pair of rules takes some 0.2 ms to compare: beyond this many, each rule only meets those right before it. */
const MAX_PAIRS = 2_000;

/**
 * Finds what no one sees by eye in rules that are well-formed, in the order of the rules.
 * @param now ms since 1970; without it, schedules are not compared with today.
 */
export function lintRules(rules: readonly Rule[], now: number = -Infinity): Finding[] {
  const faults = new Map(rules.map((rule) => [rule, faultOf(rule)]));
  const usable = byPriority(rules.filter((rule) => !faults.get(rule)));
  const ends = new Map(usable.map((rule) => [rule, unreachableBy(rule, now)]));
  const reachable = usable.filter((rule) => !ends.get(rule));
  return rules.flatMap((rule, i) => {
    const found: (Found | undefined)[] = [
      duplicateId(rule, rules.slice(0, i)),
      faults.get(rule),
      unsafeHref(rule),
      stockWithoutAge(rule),
      ...textFindings(rule),
    ];
    if (usable.includes(rule)) found.push(missingPurpose(rule), ends.get(rule));
    if (reachable.includes(rule)) {
      found.push(
        alwaysTrue(rule),
        notAtFirstPaint(rule),
        outranked(rule, reachable),
        overlapping(rule, reachable),
      );
    }
    return found.flatMap((one) => (one ? [findingOf(rule, one)] : []));
  });
}

function findingOf(rule: Rule, [code, message]: Found): Finding {
  return { rule: rule.id, code, severity: ERRORS.includes(code) ? "error" : "warning", message };
}

function duplicateId({ id }: Rule, before: readonly Rule[]): Found | undefined {
  if (!before.some((other) => other.id === id)) return undefined;
  return ["duplicate_id", `Another rule is called "${id}" too; give each an id of its own.`];
}

function faultOf({ when = {} }: Rule): Found | undefined {
  const result = evaluateCondition(when, {});
  if (result.kind !== "error") return undefined;
  const { code, path } = result;
  if (code === "bad_operand" && /\/\$(not)?regexi?$/i.test(path)) {
    return [
      "bad_pattern",
      `The pattern at ${path} could not be read or could hang a page. Use at most 256 characters, two of * + {n,m}, no look-around, no back reference, and repeat no group that repeats or chooses inside.`,
    ];
  }
  const advice: Record<ConditionError["code"], string> = {
    unknown_operator: `There is no operator at ${path}; correct its name.`,
    bad_operand: `The operator at ${path} cannot use this value; give it one of the kind it compares with.`,
    too_complex: "The condition is too long or too deep; split the rule into several.",
  };
  return [code, advice[code]];
}

function unsafeHref({ action }: Rule): Found | undefined {
  const { href } = action as ActionTexts;
  const creatives = action.type === "echoCreative" ? action.creatives : [];
  const addresses = [href, ...creatives.flatMap((one) => [one.href, one.image])];
  const unsafe = addresses.find((one) => one !== undefined && !safeUrl(fillText(one, { category: "x" })));
  if (unsafe === undefined) return undefined;
  return [
    "unsafe_href",
    `"${unsafe}" is left out of the page; write an address that begins with https:// or with a single slash.`,
  ];
}

function textFindings({ action, because }: Rule): Found[] {
  const found: Found[] = [];
  for (const [name, texts] of textsOf(action, because)) {
    if (!texts["en"]) {
      found.push([
        "missing_english",
        `"${name}" has no text in "en", to which other languages fall back; add one.`,
      ]);
    }
    const unfilled = placeholdersOf(texts).filter((one) => !PLACEHOLDERS[action.type].includes(one));
    if (unfilled.length) found.push(unfilledPlaceholder(name, unfilled, action.type));
  }
  const { href = "" } = action as ActionTexts;
  const inHref = placeholdersOf({ href }).filter(
    (one) => action.type !== "continueCategory" || one !== "category",
  );
  if (inHref.length) found.push(unfilledPlaceholder("href", inHref, action.type));
  return found;
}

/** All that a rule says, by where it stands. */
function textsOf(action: Action, because: Texts | undefined): [name: string, texts: Texts][] {
  const { title, text, label } = action as ActionTexts;
  const { low, high, thanks } = action as Partial<SurveyAction>;
  const creatives = action.type === "echoCreative" ? action.creatives : [];
  const own = Object.entries({ title, text, label, low, high, thanks, because });
  const theirs = creatives.flatMap((one) =>
    Object.entries({ title: one.title, text: one.text, label: one.label, alt: one.alt }),
  );
  return [...own, ...theirs].filter((entry): entry is [string, Texts] => entry[1] !== undefined);
}

/** A number of pieces that says nothing of its age would be believed. */
function stockWithoutAge({ action, because }: Rule): Found | undefined {
  if (action.type !== "availability" || !because) return undefined;
  const { title, text } = action;
  const lacking = Object.keys(because).find(
    (language) => !placeholdersOf({ ...picked({ title, text, because }, language) }).includes("time"),
  );
  if (lacking === undefined) return undefined;
  return [
    "stock_without_age",
    `Its texts in "${lacking}" do not say when the store counted; put {time} into "because" or "text".`,
  ];
}

/** The texts of one language, with what stands in for those that lack it. */
const picked = (all: Record<string, Texts | undefined>, language: string): Texts =>
  Object.fromEntries(
    Object.entries(all).flatMap(([name, texts]) => (texts ? [[name, localText(texts, language)]] : [])),
  );

function unfilledPlaceholder(name: string, unfilled: string[], type: Action["type"]): Found {
  const known = name === "href" && type !== "continueCategory" ? [] : PLACEHOLDERS[type];
  const choice = known.length
    ? `it fills ${known.map((one) => `{${one}}`).join(", ")}`
    : "it fills none there";
  return [
    "unfilled_placeholder",
    `Nothing fills {${unfilled.join("}, {")}} in "${name}" of ${type}: ${choice}. Shoppers would read the braces.`,
  ];
}

function placeholdersOf(texts: Texts): string[] {
  const found = Object.values(texts).flatMap((text) =>
    [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!),
  );
  return [...new Set(found)];
}

function missingPurpose({ purposes, when = {}, action }: Rule): Found | undefined {
  if (!purposes || purposes.includes("personalization")) return undefined;
  const isPersonal = leavesOf(treeOf(when)).some((leaf) => /^(profile|geo)\b/.test(pathOf(leaf)));
  if (!isPersonal && !PERSONAL.includes(action.type)) return undefined;
  return [
    "missing_purpose",
    'It uses the profile; add "personalization" to its purposes, or ask for nothing in profile.* and geo.*.',
  ];
}

function unreachableBy({ schedule, cap, when = {} }: Rule, now: number): Found | undefined {
  const [from, to] = spanOf(schedule);
  if (Number.isNaN(from) || Number.isNaN(to)) {
    return ["unreachable", "A date of its schedule is none; write 2026-11-01 or an ISO instant."];
  }
  if (to <= now) return ["unreachable", "Its schedule is over; set a later end, or remove the rule."];
  if (from >= to) return ["unreachable", "Its schedule ends before it begins; swap or correct its dates."];
  if (cap && !(cap.max > 0)) return ["unreachable", `Its cap allows ${cap.max} times; allow at least one.`];
  if (!canHold(when))
    return ["unreachable", "Its condition contradicts itself; nobody can meet it. Correct or remove a part."];
  return undefined;
}

function spanOf(schedule: Rule["schedule"]): [from: number, to: number] {
  return [
    schedule?.from ? Date.parse(schedule.from) : -Infinity,
    schedule?.to ? Date.parse(schedule.to) : Infinity,
  ];
}

function alwaysTrue({ when }: Rule): Found | undefined {
  if (!when || !Object.keys(when).length || !implies({}, when)) return undefined;
  return [
    "always_true",
    'Its condition holds for everyone; remove "when", or ask for something that not everyone has.',
  ];
}

function notAtFirstPaint({ when: own = {}, action }: Rule): Found | undefined {
  // An echo asks the next page's address by itself.
  const when =
    action.type === "echoCreative" ? { $and: [own, { [`page.query.${action.parameter}`]: "x" }] } : own;
  // Values, sizes and what a mirror shows are no content that a reader could show.
  const why = ["value", "prefill", "screen"].includes(action.type) ? undefined : whyNotAtFirstPaint(when);
  if (!why) return undefined;
  return [
    "not_at_first_paint",
    `It cannot be shown before the page runs, because ${why}. Of page and session ask only for session.isNew, exact page.path and one page.query parameter ($eq or $in), all joined by "and".`,
  ];
}

/** What the rules before it in the same placement do to a rule. */
function outranked(rule: Rule, reachable: readonly Rule[]): Found | undefined {
  const rivals = reachable.filter((one) => one.placement === rule.placement);
  const before = rivals.slice(0, rivals.indexOf(rule)).slice(-Math.ceil(MAX_PAIRS / reachable.length));
  const cover = before.find((one) => shadows(one, rule));
  if (cover) {
    return [
      "shadowed",
      `"${cover.id}" always comes before it; give this rule a higher priority, or "${cover.id}" a narrower condition.`,
    ];
  }
  const equal = before.find((one) => (one.priority ?? 0) === (rule.priority ?? 0) && canMeet(one, rule));
  if (!equal) return undefined;
  return [
    "conflicting",
    `Both it and "${equal.id}" can match with the same priority, so only their ids decide; give them different priorities.`,
  ];
}

function overlapping(rule: Rule, reachable: readonly Rule[]): Found | undefined {
  const { exclusive } = rule;
  const other =
    exclusive &&
    reachable.find(
      (one) => one !== rule && one.exclusive?.group === exclusive.group && sharePlaces(one, rule),
    );
  if (!other) return undefined;
  return [
    "overlapping_group",
    `It and "${other.id}" share visitors, though both are in the group "${exclusive.group}"; give them parts that do not overlap.`,
  ];
}

/** Some visitors are in the part of either; a rule that is in no group takes all places. */
const sharePlaces = ({ exclusive: a }: Rule, { exclusive: b }: Rule): boolean =>
  !a || !b || (a.from < b.to && b.from < a.to);

/** Wherever `b` could be shown, `a` is. */
function shadows(a: Rule, b: Rule): boolean {
  const { purposes = ["personalization"], schedule, cap, ramp = 1, exclusive } = a;
  const others = b.purposes ?? ["personalization"];
  return (
    !cap &&
    ramp >= 1 &&
    !exclusive &&
    !schedule?.from &&
    !schedule?.to &&
    CERTAIN.includes(a.action.type) &&
    purposes.every((purpose) => others.includes(purpose)) &&
    implies(b.when ?? {}, a.when ?? {})
  );
}

/** Both can match one page of one person. */
function canMeet(a: Rule, b: Rule): boolean {
  const [from, to] = spanOf(a.schedule);
  const [otherFrom, otherTo] = spanOf(b.schedule);
  const isApart = a.exclusive?.group === b.exclusive?.group && !sharePlaces(a, b);
  return !isApart && from < otherTo && otherFrom < to && canHold({ $and: [a.when ?? {}, b.when ?? {}] });
}
