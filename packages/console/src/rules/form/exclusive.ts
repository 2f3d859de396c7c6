import type { Exclusive, Rule } from "@vitrine/core";

/** People are told apart in so many places of a group. */
const PLACES = 1_000;

/** What a rule takes of a group that has room for more, so that another fits in beside it. */
const DEFAULT_PART = 0.5;

/** The share of a part, in percent. */
export const percentOfPart = ({ from, to }: Exclusive): number => (placeOf(to) - placeOf(from)) / 10;

/** The groups that rules are in, each once. */
export const groupsOf = (rules: readonly Rule[]): string[] =>
  [...new Set(rules.flatMap(({ exclusive }) => (exclusive ? [exclusive.group] : [])))].sort();

/** The largest part, in percent, that the other rules of a group leave to this one. */
export const freePercent = (rule: Rule, rules: readonly Rule[], group: string): number =>
  Math.max(0, ...gapsBeside(rule, rules, group).map(([from, to]) => to - from)) / 10;

/**
 * The rule with a part of a group, where the others of the group leave room: as large as is asked for, else half of all visitors, else
 * what there is. What it has stays where it is as long as that is free. Undefined where there is no room for so much.
 */
export function withPart(
  rule: Rule,
  rules: readonly Rule[],
  { group, percent }: { group: string; percent?: number },
): Rule | undefined {
  const gaps = gapsBeside(rule, rules, group);
  const old = rule.exclusive;
  const room = freePercent(rule, rules, group) * 10;
  const size =
    percent === undefined
      ? Math.min(old ? percentOfPart(old) * 10 : DEFAULT_PART * PLACES, room)
      : Math.round(percent * 10);
  const start = old ? placeOf(old.from) : 0;
  const stays = gaps.find(([from, to]) => from <= start && start + size <= to);
  const gap = stays ?? gaps.find(([from, to]) => to - from >= size);
  if (!gap || size <= 0) return undefined;
  const from = stays ? start : gap[0];
  return { ...rule, exclusive: { group, from: from / PLACES, to: (from + size) / PLACES } };
}

/** The rule in no group. */
export function withoutPart({ exclusive: _part, ...rule }: Rule): Rule {
  return rule;
}

const placeOf = (share: number): number => Math.round(share * PLACES);

/** What the others of a group leave, in places. */
function gapsBeside(rule: Rule, rules: readonly Rule[], group: string): [from: number, to: number][] {
  const taken = rules
    .flatMap(({ id, exclusive }) =>
      exclusive?.group === group && id !== rule.id
        ? [[placeOf(exclusive.from), placeOf(exclusive.to)] as const]
        : [],
    )
    .sort(([a], [b]) => a - b);
  const gaps: [number, number][] = [];
  let end = 0;
  for (const [from, to] of [...taken, [PLACES, PLACES] as const]) {
    if (from > end) gaps.push([end, from]);
    end = Math.max(end, to);
  }
  return gaps;
}
