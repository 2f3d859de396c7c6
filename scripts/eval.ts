// `npm run eval`: how well each recommender foretells the next click of visits it has not seen, and what that costs; and how often
// the statistics of experiments are wrong.
import { gzipSync } from "node:zlib";
import { buildSequentialRules, followersOf, type Visit } from "@vitrine/core";
import { measureRecommender, type Recommender } from "../packages/server/src/recommend/measureRecommender.ts";
import {
  indexVisits,
  recommendFromVisits,
  type PastVisit,
} from "../packages/server/src/recommend/nearestVisits.ts";
import { simulateExperiment, simulateSplit } from "./eval/simulateExperiments.ts";
import { readClicks, readSessions } from "./eval/readSessions.ts";

const FIXTURES = new URL("../test/fixtures/", import.meta.url).pathname;

/** What everybody clicks most: the control. */
function popularity(past: readonly PastVisit[]): Recommender {
  const counts = new Map<string, number>();
  for (const id of past.flatMap(({ items }) => items)) counts.set(id, (counts.get(id) ?? 0) + 1);
  const top = [...counts].sort((a, b) => b[1] - a[1]).map(([id]) => id);
  return (visit, limit) => top.filter((id) => id !== visit.at(-1)).slice(0, limit);
}

function recommenders(past: readonly PastVisit[]): Record<string, Recommender> {
  const table = buildSequentialRules(past.map(({ items }) => items));
  const bytes = gzipSync(JSON.stringify(table), { level: 9 }).length;
  const per1000 = Math.round((bytes / table.items.length) * 1000).toLocaleString("en-US");
  console.log(
    `\n${past.length} visits, ${table.items.length} articles; the table ${per1000} B per 1,000 (gzip -9)`,
  );
  const index = indexVisits(past);
  return {
    popularity: popularity(past),
    "sequential rules": (visit, limit) => followersOf(table, visit.at(-1)!, limit),
    "VMIS-kNN": (visit, limit) => recommendFromVisits(index, visit, limit),
  };
}

function evaluate(name: string, past: readonly PastVisit[], next: readonly PastVisit[]): void {
  console.log(`\n## ${name}`);
  const visits: Visit[] = next.map(({ items }) => items);
  const rows = Object.entries(recommenders(past)).map(([recommender, recommend]) => {
    const times: number[] = [];
    const { predictions, hitRate, reciprocalRank } = measureRecommender((visit, limit) => {
      const start = performance.now();
      const answer = recommend(visit, limit);
      times.push(performance.now() - start);
      return answer;
    }, visits);
    times.sort((a, b) => a - b);
    const us = (share: number) => Math.round(times[Math.floor(times.length * share)]! * 1000);
    return {
      recommender,
      predictions,
      "HR@20": hitRate.toFixed(4),
      "MRR@20": reciprocalRank.toFixed(4),
      "µs p50": us(0.5),
      "µs p90": us(0.9),
    };
  });
  console.table(rows);
}

evaluate(
  "sessions: train → valid",
  readSessions(`${FIXTURES}sessions/train.txt.gz`),
  readSessions(`${FIXTURES}sessions/valid.txt.gz`),
);
const clicks = await readClicks(`${FIXTURES}clothing-clicks/clicks-2008-04-to-06.csv.gz`);
const JUNE = Date.UTC(2008, 5, 1);
evaluate(
  "clothing-clicks: April and May → June",
  clicks.filter(({ at }) => at < JUNE),
  clicks.filter(({ at }) => at >= JUNE),
);

console.log("\n## experiments, looked at daily for 28 days");
const shop = {
  days: 28,
  perDay: 500,
  rate: 0.05,
  effect: 0,
  metric: "conversion",
  runs: 10_000,
  seed: 20_261_123,
} as const;
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
console.table(
  [
    { what: "A/A, bought or not", ...simulateExperiment(shop), runs: shop.runs },
    { what: "A/A, revenue", ...simulateExperiment({ ...shop, metric: "revenue" }), runs: shop.runs },
    {
      what: "5 % more of 5 %, 400,000 a side",
      ...simulateExperiment({ ...shop, perDay: 14_286, effect: 0.05, runs: 1000 }),
      runs: 1000,
    },
  ].map(({ what, runs, called, found, covered }) => ({
    what,
    runs,
    "called different": percent(called),
    "called better": percent(found),
    "interval holds the truth": percent(covered),
  })),
);
console.log(
  `split of 10 : 90 called broken: ${percent(simulateSplit(10_000, 0.1, [0.1, 0.9], 1))} of 10,000 where it is right, ` +
    `${percent(simulateSplit(1000, 0.085, [0.1, 0.9], 1))} of 1,000 where it is 8.5 : 91.5`,
);
