import { checkSampleRatio, compareSamples, sampleOfRate, sampleOfSums, type Comparison } from "@vitrine/core";
import { seededRandom } from "../../bench/support/seededRandom.ts";

/** An experiment that is looked at every day. */
export interface SimulatedExperiment {
  /** Runs of it, each by chances of its own. */
  runs: number;
  days: number;
  /** Visitors a day and side. */
  perDay: number;
  /** Share of visitors who buy, in the control. */
  rate: number;
  /** True relative effect: 0.05 is five per cent more; 0 is an A/A test. */
  effect: number;
  /** What is compared: who bought, or what they spent (log-normal orders, as skewed as a shop's). */
  metric: "conversion" | "revenue";
  seed: number;
}

/** What the looks came to. */
export interface SimulatedResult {
  /** Share of runs that were ever called better or worse. */
  called: number;
  /** Share of runs ever called better. */
  found: number;
  /** Share of runs whose interval of the lift held the truth at every trusted look. */
  covered: number;
}

/** Runs an experiment many times, with a look after each day. */
export function simulateExperiment({ runs, days, ...one }: SimulatedExperiment): SimulatedResult {
  const random = seededRandom(one.seed);
  let [called, found, covered] = [0, 0, 0];
  for (let run = 0; run < runs; run++) {
    const sides = [one.rate, one.rate * (1 + one.effect)].map((rate) => createSide(rate, one, random));
    const looks = Array.from({ length: days }, () => {
      for (const side of sides) side.day();
      return compareSamples(sides[0]!.sample(), sides[1]!.sample());
    }).filter(({ verdict }) => verdict !== "notEnough");
    if (looks.some(({ verdict }) => verdict !== "open")) called++;
    if (looks.some(({ verdict }) => verdict === "better")) found++;
    if (looks.every((look) => holds(look, one.effect))) covered++;
  }
  return { called: called / runs, found: found / runs, covered: covered / runs };
}

const holds = (look: Comparison, effect: number): boolean =>
  look.verdict === "notEnough" || (look.interval.low <= effect && effect <= look.interval.high);

function createSide(
  rate: number,
  { perDay, metric }: Omit<SimulatedExperiment, "runs" | "days">,
  random: () => number,
) {
  let [n, orders, sum, squares] = [0, 0, 0, 0];
  return {
    day: () => {
      n += perDay;
      const today = binomial(perDay, rate, random);
      orders += today;
      if (metric !== "revenue") return;
      for (let order = 0; order < today; order++) {
        const amount = Math.exp(4 + 0.8 * normal(random));
        sum += amount;
        squares += amount * amount;
      }
    },
    sample: () => (metric === "revenue" ? sampleOfSums(n, sum, squares) : sampleOfRate(orders, n)),
  };
}

/** Share of runs in which a split was ever called broken, visitors falling to `weights` by `truth`. */
export function simulateSplit(runs: number, truth: number, weights: [number, number], seed: number): number {
  const random = seededRandom(seed);
  let broken = 0;
  for (let run = 0; run < runs; run++) {
    const counts: [number, number] = [0, 0];
    for (let day = 0; day < 28; day++) {
      const first = binomial(1000, truth, random);
      counts[0] += first;
      counts[1] += 1000 - first;
      if (!checkSampleRatio(counts, weights).isBroken) continue;
      broken++;
      break;
    }
  }
  return broken / runs;
}

/** How many of `n` said yes: from yes to yes by the geometric distribution. */
function binomial(n: number, rate: number, random: () => number): number {
  const log = Math.log(1 - rate);
  for (let [count, at] = [0, 0]; ; count++) {
    at += Math.floor(Math.log(1 - random()) / log) + 1;
    if (at > n) return count;
  }
}

/** Box and Muller. */
const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
