/** The articles of one visit in the order of their clicks. */
export type Visit = readonly string[];

/** What followed what: of each article the ones that were clicked after it, the likeliest first. Data, to be pushed. */
export interface SequentialRules {
  /** Ids of the articles; their places are the numbers of `next`. */
  items: string[];
  /** By the place of the article that was clicked: the places of those that follow. */
  next: number[][];
}

/** Bounds of the table. */
export interface SequentialRulesOptions {
  /** How many clicks ahead a click still counts, each for 1 / its distance; 10 when absent. */
  steps?: number;
  /** How many followers are kept of each article; 20 when absent. */
  followers?: number;
}

/** Counts visit by visit, so that who has other work may do it in between. */
export interface SequentialRulesCounter {
  add: (visit: Visit) => void;
  /** What was counted so far, article by article for the same reason: each turn is one; then it returns the table. */
  rules: () => Generator<undefined, SequentialRules>;
}

/**
 * Counts what followed what in visits (sequential rules of Kamehkhosh, Jannach, Ludewig 2017: weight 1 / distance). A repeated
 * click on the same article is one, and no article follows itself. Equal weights go by id, so the same visits in any order
 * give the same table.
 */
export function createSequentialRulesCounter({
  steps = 10,
  followers = 20,
}: SequentialRulesOptions = {}): SequentialRulesCounter {
  const weights = new Map<string, Map<string, number>>();
  return {
    add: (visit) => countVisit(weights, visit, steps),
    *rules() {
      const items = [...new Set([...weights].flatMap(([from, to]) => [from, ...to.keys()]))].sort();
      const places = new Map(items.map((id, place) => [id, place]));
      const next: number[][] = [];
      for (const id of items) {
        next.push(
          [...(weights.get(id) ?? [])]
            .map(([follower, weight]) => ({ place: places.get(follower)!, weight }))
            .sort((a, b) => b.weight - a.weight || a.place - b.place)
            .slice(0, followers)
            .map(({ place }) => place),
        );
        yield;
      }
      return { items, next };
    },
  };
}

/** As {@link createSequentialRulesCounter}, in one stretch. */
export function buildSequentialRules(
  visits: Iterable<Visit>,
  options?: SequentialRulesOptions,
): SequentialRules {
  const counter = createSequentialRulesCounter(options);
  for (const visit of visits) counter.add(visit);
  const turns = counter.rules();
  for (;;) {
    const { done, value } = turns.next();
    if (done) return value;
  }
}

/** A click right after another. Whole numbers: sums of fractions would depend on the order of the visits. */
const UNIT = 2520; // divisible by 1 to 10

function countVisit(weights: Map<string, Map<string, number>>, visit: Visit, steps: number): void {
  const clicks = visit.filter((id, place) => id !== visit[place - 1]);
  clicks.forEach((from, place) => {
    const row = weights.get(from) ?? new Map<string, number>();
    for (let distance = 1; distance <= steps && place + distance < clicks.length; distance++) {
      const follower = clicks[place + distance]!;
      if (follower !== from) row.set(follower, (row.get(follower) ?? 0) + Math.round(UNIT / distance));
    }
    if (row.size > 0) weights.set(from, row);
  });
}

/** The articles that follow the last one clicked, the likeliest first, never that one itself; empty for one nobody clicked. */
export function followersOf({ items, next }: SequentialRules, last: string, limit: number): string[] {
  const followers = next[items.indexOf(last)] ?? [];
  return followers
    .map((place) => items[place])
    .filter((id): id is string => id !== undefined && id !== last)
    .slice(0, limit);
}
