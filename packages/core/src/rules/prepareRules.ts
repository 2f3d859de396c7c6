import { expandSegments, type Segments } from "./segments.ts";
import type { Action, PageAction, Rule, Schedule, ScreenAction, Texts } from "./ruleset.ts";

/** The shopper's sentence for each list of a mirror. */
const SCREEN_SENTENCES: Record<ScreenAction["list"], Texts> = {
  recent: { en: "Because you looked at {product}.", de: "Weil Sie {product} angesehen haben." },
  cart: { en: "Because you left this in your cart.", de: "Weil das noch in Ihrem Warenkorb liegt." },
  usualSize: { en: "Because you chose {size} before.", de: "Weil Sie früher {size} gewählt haben." },
};

/** The shopper's sentence for each action of a page; a rule may bring its own. */
const SENTENCES: Record<PageAction["type"], Texts> = {
  continueCategory: {
    en: "Because you looked at {category} last time.",
    de: "Weil Sie zuletzt {category} angesehen haben.",
  },
  resume: { en: "Because you left this in your cart.", de: "Weil das noch in Ihrem Warenkorb liegt." },
  prefill: { en: "Because you chose {size} before.", de: "Weil Sie früher {size} gewählt haben." },
  message: { en: "A note from the shop.", de: "Ein Hinweis des Shops." },
  value: { en: "Set by a rule of the shop.", de: "Von einer Regel des Shops bestimmt." },
  reorder: { en: "Because you bought this before.", de: "Weil Sie das schon einmal gekauft haben." },
  recommend: {
    en: "Because others went on to these from {product}.",
    de: "Weil andere sich nach {product} das angesehen haben.",
  },
  availability: {
    en: "Because you looked at {product}. {store} counted on {time}.",
    de: "Weil Sie {product} angesehen haben. {store} hat am {time} gezählt.",
  },
  echoCreative: {
    en: "Because you came from this advertisement.",
    de: "Weil Sie über diese Anzeige gekommen sind.",
  },
  survey: {
    en: "The shop asks some of its visitors. Your answer is kept for its statistics.",
    de: "Der Shop fragt einige seiner Besucher. Ihre Antwort geht in seine Statistik ein.",
  },
  identifyPrompt: {
    en: "Because you are not signed in. Nothing is collected here.",
    de: "Weil Sie nicht angemeldet sind. Hier wird nichts erfasst.",
  },
};

/** What is chosen for her at a control other than a size. */
const PREFILL_SENTENCES: Record<"filters" | "store", Texts> = {
  filters: {
    en: "Because you looked for {size} three times.",
    de: "Weil Sie dreimal nach {size} gesucht haben.",
  },
  store: { en: "Because you chose this store.", de: "Weil Sie diese Filiale gewählt haben." },
};

/**
 * What publishing adds, so that pages need not carry it: the sentence of each action, instants for dates, conditions for segments.
 * @throws RangeError for a date, time zone or segment that does not exist; the message names the rule.
 */
export function prepareRules(rules: readonly Rule[], segments?: Segments): Rule[] {
  return rules.map((rule) => {
    try {
      const because = { ...sentenceOf(rule.action), ...rule.because };
      return {
        ...rule,
        because,
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

const sentenceOf = (action: Action): Texts =>
  action.type === "screen"
    ? SCREEN_SENTENCES[action.list]
    : action.type === "prefill" && action.what !== "size"
      ? PREFILL_SENTENCES[action.what]
      : SENTENCES[action.type];

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
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });
  const parts = format.formatToParts(time);
  const of = (type: string) => Number(parts.find((part) => part.type === type)!.value);
  return (
    Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute")) -
    Math.floor(time / 60_000) * 60_000
  );
}
