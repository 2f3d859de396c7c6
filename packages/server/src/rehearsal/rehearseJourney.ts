import {
  dayOf,
  decide,
  emptyFold,
  foldEvent,
  isTimeZone,
  productOf,
  profileView,
  PURPOSES,
  type Decision,
  type DecisionContext,
  type Product,
  type Ruleset,
  type TimedEvent,
} from "@vitrine/core";

/** One time that a rule would have filled its placement, or have been beaten to it, or was not yet for this person. */
export interface Rehearsed {
  rule: string;
  result: "shown" | "control" | "not_in_ramp" | "excluded" | "lower_priority";
  /** For `lower_priority`: the rule that was shown. */
  by?: string;
  /** The sentence for the shopper, where content is shown. */
  because?: string | undefined;
}

/** Whose journey it is. */
type Visitor = Required<Pick<DecisionContext, "targetingKey" | "timeZone">>;

/** Idle time that ends a session, as on the page. */
const SESSION_MS = 30 * 60_000;

/**
 * Goes through what somebody did, and tells at each page load what rules would have shown: decided as the page decides, from what
 * had happened until then. What was shown counts towards caps.
 * @param events of one person, by time
 * @param from page loads from then on (ms); what was before is known, but not told
 */
export function rehearseJourney(
  events: readonly TimedEvent[],
  ruleset: Ruleset,
  { from, ...visitor }: Visitor & { from: number },
  tell: (rehearsed: Rehearsed) => void,
): void {
  const placements = [...new Set(ruleset.rules.map(({ placement }) => placement))];
  const fold = emptyFold();
  const shown = createShown();
  const products = productsByPage(events);
  const loaded = new Set<string>();
  let last = -Infinity;
  let session = 0;
  for (const event of events) {
    const { time } = event;
    const isNew = time - last > SESSION_MS;
    if (isNew) session++;
    last = time;
    const page = pageOf(event);
    if (page !== undefined && !loaded.has(page) && time >= from && isOnPage(event)) {
      const context = contextOf(event, isNew, visitor);
      const product = products.get(page);
      if (product) context.page.product = product;
      const input = { ruleset, fold, profile: profileView(fold, time), context, now: time };
      for (const placement of placements) {
        // What was shown a moment ago counts for the next placement already, as on the page.
        context.shown = shown.at(session, time);
        const decision = decide(placement, input);
        for (const rehearsed of rehearsedOf(decision)) tell(rehearsed);
        if (decision.rule !== undefined && decision.outcome) shown.count(decision.rule, session, time);
      }
    }
    if (page !== undefined) loaded.add(page);
    // What rules really showed then is no part of what these would have.
    if (event.event !== "Content Shown") foldEvent(fold, event);
  }
}

function rehearsedOf({ rule, outcome, because, trace }: Decision): Rehearsed[] {
  return trace.flatMap(({ rule: id, result }): Rehearsed[] => {
    if (result === "won" && outcome) return [{ rule: id, result: "shown", because }];
    if (result === "control" || result === "not_in_ramp" || result === "excluded")
      return [{ rule: id, result }];
    return result === "lower_priority" && rule !== undefined ? [{ rule: id, result, by: rule }] : [];
  });
}

/** A page load by its writer; of foreign clients each `page` call is one. */
const pageOf = ({ context, type, messageId }: TimedEvent): string | undefined =>
  context.writer?.id ?? (type === "page" ? messageId : undefined);

const isOnPage = ({ context }: TimedEvent): boolean => (context.channel ?? "web") === "web";

/** The article that each page load was about. */
function productsByPage(events: readonly TimedEvent[]): Map<string, Product> {
  const products = new Map<string, Product>();
  for (const event of events) {
    const page = pageOf(event);
    const product = event.event === "Product Viewed" ? productOf(event.properties) : undefined;
    if (page !== undefined && product && !products.has(page)) products.set(page, product);
  }
  return products;
}

function contextOf(
  { context }: TimedEvent,
  isNew: boolean,
  { targetingKey, timeZone }: Visitor,
): DecisionContext {
  const { path = "/", search = "" } = context.page ?? {};
  const { locale, timezone } = context;
  return {
    targetingKey,
    // Segment's own clients say it.
    timeZone: isTimeZone(timezone) ? timezone : timeZone,
    session: { isNew },
    page: {
      path,
      query: Object.fromEntries([...new URLSearchParams(search)].reverse()),
      language: typeof locale === "string" ? locale : "en",
    },
    channel: "web",
    device: {},
    consent: context.consent ?? PURPOSES,
    shown: {},
  };
}

/** How often each rule was shown, for caps. */
function createShown() {
  const counts = new Map<
    string,
    { session: number; inSession: number; day: number; onDay: number; ever: number }
  >();
  return {
    count(rule: string, session: number, time: number): void {
      const old = counts.get(rule);
      const day = dayOf(time);
      counts.set(rule, {
        session,
        inSession: (old?.session === session ? old.inSession : 0) + 1,
        day,
        onDay: (old?.day === day ? old.onDay : 0) + 1,
        ever: (old?.ever ?? 0) + 1,
      });
    },
    at: (session: number, time: number): DecisionContext["shown"] =>
      Object.fromEntries(
        [...counts].map(([rule, one]) => [
          rule,
          {
            session: one.session === session ? one.inSession : 0,
            day: one.day === dayOf(time) ? one.onDay : 0,
            ever: one.ever,
          },
        ]),
      ),
  };
}
