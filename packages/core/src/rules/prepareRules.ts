import { sentenceOf, wordsInAll } from "./languages/index.ts";
import { expandSegments, type Segments } from "./segments.ts";
import type { Action, Rule, Schedule, Texts } from "./ruleset.ts";
import { wallClock } from "./wallClock.ts";

/**
 * What publishing adds, so that pages need not carry it: the sentence and the words of each action in every language, instants for
 * dates, conditions for segments.
 * @throws RangeError for a date, time zone or segment that does not exist; the message names the rule.
 */
export function prepareRules(rules: readonly Rule[], segments?: Segments): Rule[] {
  return rules.map((rule) => {
    try {
      const because: Texts = { ...sentenceOf(rule.action), ...rule.because };
      return {
        ...rule,
        because,
        action: withWords(rule.action),
        ...(rule.when && { when: expandSegments(rule.when, segments) }),
        ...(rule.schedule && { schedule: instants(rule.schedule) }),
      };
    } catch (error) {
      throw new RangeError(`rule ${rule.id}: ${error instanceof Error ? error.message : "unusable"}`, {
        cause: error,
      });
    }
  });
}

/** The action with what its buttons and notes say; what the rule says itself goes before. */
function withWords(action: Action): Action {
  if (action.type === "survey") {
    const { thanks, ...words } = wordsInAll(["send", "dismiss", "thanks"]);
    return { ...action, words, thanks: { ...thanks, ...action.thanks } };
  }
  if (action.type !== "prefill") return action;
  const words = wordsInAll(action.what === "size" ? ["change", "suggest", "take", "ask"] : ["clear"]);
  return { ...action, words };
}

function instants(schedule: Schedule): Schedule {
  const { timeZone = "UTC", from, to } = schedule;
  return {
    ...schedule,
    ...(from && { from: instant(from, timeZone) }),
    ...(to && { to: instant(to, timeZone) }),
  };
}

/** An ISO instant; a bare date is midnight in the zone. */
function instant(text: string, timeZone: string): string {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new RangeError(`${text} is no date; write 2026-11-01 or an ISO instant`);
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return new Date(time).toISOString();
  // The offset before a clock change may not be the one after it, hence the second look.
  const guess = time - offsetMs(time, timeZone);
  return new Date(time - offsetMs(guess, timeZone)).toISOString();
}

/** How far the zone's wall clock is ahead of UTC at an instant. */
function offsetMs(time: number, timeZone: string): number {
  const wall = wallClock(time, timeZone);
  if (!wall) throw new RangeError(`${timeZone} is no time zone; write an IANA name such as Europe/Warsaw`);
  return +wall - Math.floor(time / 60_000) * 60_000;
}
