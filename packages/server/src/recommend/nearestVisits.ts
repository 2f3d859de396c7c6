import type { Visit } from "@vitrine/core";

/** One visit that is over. */
export interface PastVisit {
  /** When it ended, ms since 1970. */
  at: number;
  items: Visit;
}

/** Sizes of the search; the defaults are those that the authors of VMIS-kNN publish for a shop of 18,000 articles. */
export interface NearestVisitsOptions {
  /** How many of the newest visits with an article are looked at. */
  sample?: number;
  /** How many of these, the most alike, speak. */
  neighbours?: number;
  /** How many of the newest clicks count. */
  clicks?: number;
}

/** Visits by the articles in them, to find those that are like a visit under way. */
export interface VisitIndex {
  /** The newest first. */
  visits: readonly (readonly number[])[];
  items: readonly string[];
  places: ReadonlyMap<string, number>;
  /** By article: visits with it, the newest first, at most `sample`. */
  having: readonly (readonly number[])[];
  /** By article: how rare it is, ln(visits / visits with it). */
  rarity: Float64Array;
  options: Required<NearestVisitsOptions>;
}

/** Builds the index of VMIS-kNN (Kersbergen, Sprangers, Schelter: Serenade, SIGMOD 2022). */
export function indexVisits(
  past: Iterable<PastVisit>,
  { sample = 1502, neighbours = 288, clicks = 4 }: NearestVisitsOptions = {},
): VisitIndex {
  const newestFirst = [...past].sort((a, b) => b.at - a.at);
  const places = new Map<string, number>();
  const items: string[] = [];
  const having: number[][] = [];
  const counts: number[] = [];
  const visits = newestFirst.map(({ items: visited }, visit) => {
    const distinct = [...new Set(visited)].map((id) => {
      let place = places.get(id);
      if (place === undefined) {
        places.set(id, (place = items.push(id) - 1));
        having.push([]);
        counts.push(0);
      }
      counts[place]!++;
      if (having[place]!.length < sample) having[place]!.push(visit);
      return place;
    });
    return distinct;
  });
  const rarity = Float64Array.from(counts, (count) => Math.log(visits.length / count));
  return { visits, items, places, having, rarity, options: { sample, neighbours, clicks } };
}

/** The likeliest next articles of a visit under way, never the one that was clicked last. */
export function recommendFromVisits(index: VisitIndex, visit: Visit, limit: number): string[] {
  const { visits, items, places, rarity, options } = index;
  const clicked = visit.slice(-options.clicks).map((id) => places.get(id) ?? -1);
  clicked.reverse();
  const scores = new Map<number, number>();
  for (const [neighbour, likeness] of nearest(index, clicked)) {
    const articles = visits[neighbour]!;
    const weight = positionWeight(clicked.findIndex((place) => articles.includes(place)) + 1) * likeness;
    for (const place of articles) scores.set(place, (scores.get(place) ?? 0) + weight * rarity[place]!);
  }
  scores.delete(clicked[0]!);
  return [...scores]
    .sort(([a, x], [b, y]) => y - x || a - b)
    .slice(0, limit)
    .map(([place]) => items[place]!);
}

/** The `neighbours` most alike of the `sample` newest visits that share an article; of equals the newer. */
function nearest({ having, options }: VisitIndex, clicked: readonly number[]): [number, number][] {
  const likeness = new Map<number, number>();
  const distinct = new Set(clicked);
  const sampled = newestSharing(having, distinct, options.sample);
  clicked.forEach((place, age) => {
    if (place < 0 || clicked.indexOf(place) !== age) return;
    const decay = (clicked.length - age) / distinct.size;
    for (const visit of having[place]!)
      if (sampled.has(visit)) likeness.set(visit, (likeness.get(visit) ?? 0) + decay);
  });
  return [...likeness].sort(([a, x], [b, y]) => y - x || a - b).slice(0, options.neighbours);
}

/** Visits are numbered from the newest, so the newest are the smallest numbers. */
function newestSharing(
  having: VisitIndex["having"],
  places: ReadonlySet<number>,
  sample: number,
): ReadonlySet<number> {
  const sharing = new Set([...places].flatMap((place) => having[place] ?? []));
  if (sharing.size <= sample) return sharing;
  return new Set([...sharing].sort((a, b) => a - b).slice(0, sample));
}

/** Later clicks tell more of what comes; nothing beyond the tenth. */
const positionWeight = (position: number): number => (position < 10 ? 1 - 0.1 * position : 0);
