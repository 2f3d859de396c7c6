import { violationsOf, type Account } from "./checkDelivery.ts";
import type { FaultRow, Outcome, Scope } from "./FaultRow.ts";

/** What is kept of a trial: figures only, so that a report stays small. */
export interface TrialResult {
  faults: number;
  created: number;
  promised: number;
  arrived: number;
  lost: number;
  duplicated: number;
  dropped: number;
  violations: string[];
  figures: Record<string, number>;
}

/** Runs one trial and ends what it started, last first. */
export async function runTrial(run: FaultRow["run"], trial: number): Promise<TrialResult> {
  const endings: (() => unknown)[] = [];
  const scope = { after: (ending: () => unknown) => void endings.unshift(ending) } as unknown as Scope;
  try {
    return resultOf(await run(trial, scope));
  } finally {
    const ended = [];
    for (const end of endings) ended.push(...(await Promise.allSettled([Promise.resolve().then(end)])));
    // A trial's own error counts more than what follows from it.
    for (const ending of ended) if (ending.status === "rejected") console.error(ending.reason);
  }
}

const NO_EVENTS: Account = {
  created: 0,
  promised: 0,
  arrived: 0,
  dropped: 0,
  unpromised: [],
  lost: [],
  duplicated: [],
  phantom: [],
  disordered: [],
  unreported: [],
  gaps: 0,
};

function resultOf({ faults, account = NO_EVENTS, violations = [], figures = {} }: Outcome): TrialResult {
  const { created, promised, arrived, dropped, lost, duplicated } = account;
  const counts = { created, promised, arrived, dropped, lost: lost.length, duplicated: duplicated.length };
  return { faults, ...counts, violations: [...violationsOf(account), ...violations], figures };
}

/** All trials together. */
export interface Summary extends TrialResult {
  trials: number;
}

/** Adds trials up. */
export function sumUp(results: TrialResult[]): Summary {
  const total = (count: (result: TrialResult) => number) =>
    results.reduce((sum, result) => sum + count(result), 0);
  const figures: Record<string, number> = {};
  for (const result of results)
    for (const [name, value] of Object.entries(result.figures))
      figures[name] = Math.max(value, figures[name] ?? value);
  return {
    trials: results.length,
    faults: total(({ faults }) => faults),
    created: total(({ created }) => created),
    promised: total(({ promised }) => promised),
    arrived: total(({ arrived }) => arrived),
    dropped: total(({ dropped }) => dropped),
    lost: total(({ lost }) => lost),
    duplicated: total(({ duplicated }) => duplicated),
    violations: results.flatMap(({ violations }) => violations),
    figures,
  };
}

/** One line for people. Of N faults without a loss the 95 % upper bound of the share that loses is 3/N. */
export function describeSummary(id: string, summary: Summary): string {
  const { trials, faults, created, promised, arrived, lost, duplicated, dropped, figures, violations } =
    summary;
  const events =
    `${created} events, ${promised} promised, ${arrived} arrived, ` +
    `${lost} lost, ${duplicated} duplicated, ${dropped} reported as dropped`;
  const isBroken = created ? lost + duplicated : violations.length;
  const bound = isBroken ? "" : `; 95 % bound ${Math.min(100, 300 / faults).toPrecision(2)} %`;
  const more = Object.entries(figures).map(([name, value]) => `, ${name} ${Math.round(value * 1000) / 1000}`);
  const found = created ? events : `${violations.length} broken promises`;
  return `${id}: ${trials} trials, ${faults} faults; ${found}${bound}${more.join("")}`;
}
