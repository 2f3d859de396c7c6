import type { Rule } from "@vitrine/core";
import { strings } from "../../strings.ts";
import { formatFineShare, formatShare } from "../../ui/format.ts";
import { wordsOfCondition } from "../wordsOfCondition.ts";
import { quoteOf, wordsOfAction } from "../wordsOfRule.ts";
import { isGroup, treeOfCondition, type Group, type Part } from "./conditionTree.ts";
import { rowOf, type Row, type RowValue } from "./conditionRow.ts";
import { splitOf } from "./holdout.ts";

const text = strings.ruleForm;
const says = text.says;

/** A rule as sentences that a merchant could have said. */
export function sentenceOfRule(rule: Rule): string[] {
  const { action, placement } = rule;
  const where = action.type === "screen" ? says.mirror(placement) : says.slot(placement);
  const quote = action.type === "value" ? undefined : quoteOf(action);
  const split = splitOf(rule);
  const { ramp = 1, exclusive } = rule;
  const them = ramp < 1 ? says.thoseInside : exclusive ? says.thoseOfPart : says.them;
  return [
    `${says.sees(whoOf(treeOfCondition(rule.when)), where)} ${quote ? `“${quote}” ` : ""}${wordsOfAction(action)}.`,
    ...(exclusive ? [says.exclusive(formatFineShare(exclusive.to - exclusive.from), exclusive.group)] : []),
    ...(ramp < 1 ? [says.ramp(formatFineShare(ramp))] : []),
    split.kind === "holdout"
      ? says.holdout(formatShare(split.share), them)
      : split.kind === "none"
        ? says.noHoldout(them)
        : says.byHandSplit,
  ];
}

/** `Returning visitors who viewed coats and have not bought`. */
function whoOf(group: Group): string {
  if (group.parts.length === 0) return says.everybody;
  const [subject, parts] = subjectOf(group);
  return parts.length === 0 ? subject : `${subject} ${says.who} ${wordsOfParts({ ...group, parts })}`;
}

/** What kind of visitor says more as the subject than as one condition among others. */
function subjectOf({ join, parts }: Group): [subject: string, rest: Part[]] {
  const found = join === "all" ? parts.findIndex((part) => visitorOf(part)) : -1;
  const choice = found < 0 ? undefined : visitorOf(parts[found]!);
  const subject = says.subjects[(choice ?? "all") as keyof typeof says.subjects];
  return [subject, parts.filter((_, index) => index !== found)];
}

function visitorOf(part: Part): string | undefined {
  const row = isGroup(part) ? undefined : rowOf(part.json);
  return row?.kind === "choice" && row.fact === "visitor" ? row.choice : undefined;
}

function wordsOfParts({ join, parts }: Group): string {
  const words = parts.map((part) => (isGroup(part) ? wordsOfGroup(part) : wordsOfClause(part.json)));
  const joined = joinWords(words, join === "all" ? says.and : says.or);
  return join === "none" ? says.neither(joined) : joined;
}

function wordsOfGroup(group: Group): string {
  const words = wordsOfParts(group);
  return group.join === "any" && group.parts.length > 1 ? says.either(words) : words;
}

function wordsOfClause(json: Parameters<typeof rowOf>[0]): string {
  const row = rowOf(json);
  return row ? WORDS[row.kind](row as never) : says.byHand(wordsOfCondition(json).join(` ${says.and} `));
}

const WORDS: { [K in Row["kind"]]: (row: Row & { kind: K }) => string } = {
  choice: ({ fact, choice }) => says.choices[fact]![choice]!,
  count({ fact, key, operator, times, window }) {
    const what = says.counts[fact]!(quoted(key));
    const within = says.within[window];
    if (operator === "atLeast") return what + says.atLeast(times) + within;
    return times === 1 ? says.never(what) + within : what + says.fewer(times) + within;
  },
  hours: ({ key, from, to }) => says.hours(text.clock(from), text.clock(to), says.clockOf(key)),
  weekdays({ key, days }) {
    const names = [...days].sort((a, b) => a - b).map((day) => text.weekdays[day - 1]!);
    return says.weekdays(joinWords(names, says.or), says.clockOf(key));
  },
  value({ fact, key, operator, value }) {
    const words = [text.operators[operator], wordsOfValue(operator, value)].filter(Boolean).join(" ");
    if (fact === "date") return says.date(words, says.clockOf(key));
    if (fact === "segment") return says.segment(quoted(String(value)));
    if (fact === "path") return says.path(words);
    if (fact === "query") return says.query(quoted(key), words);
    return says.whose([text.facts[fact], key && quoted(key)].filter(Boolean).join(" "), words);
  },
};

function wordsOfValue(operator: string, value: RowValue): string {
  if (operator === "known" || operator === "unknown") return "";
  if (Array.isArray(value)) return value.map((one) => quoted(one)).join(", ");
  return typeof value === "string" ? quoted(value) : String(value);
}

const quoted = (name: string): string => `“${name}”`;

/** `a, b and c`. */
function joinWords(words: readonly string[], last: string): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}
