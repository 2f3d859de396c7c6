import type { Fold } from "@vitrine/core";

/** What somebody did after they were shown a variant. */
export interface Outcome {
  orders: number;
  /** In the orders' own currencies. */
  revenue: Record<string, number>;
  /** They sent something back because of its size. */
  hasSizeReturn: boolean;
}

/** Reasons of a return that are about size, as shops write them in English and German. */
const SIZE_REASON =
  /size|small|large|big|tight|loose|wide|narrow|short|long|fit|größe|klein|groß|eng|weit|kurz|lang/i;

/** Orders from `since` (ms) on that were not cancelled; an order is dated by its first report. */
export function readOutcome({ orders = {} }: Fold, since: number): Outcome {
  const outcome: Outcome = { orders: 0, revenue: {}, hasSizeReturn: false };
  for (const { first, content, returned, cancelled } of Object.values(orders)) {
    if (!first || first.t < since || cancelled) continue;
    outcome.orders++;
    const { total = 0, currency = "" } = content?.v ?? {};
    outcome.revenue[currency] = (outcome.revenue[currency] ?? 0) + total;
    outcome.hasSizeReturn ||= Object.values(returned ?? {}).some(({ v }) => SIZE_REASON.test(v));
  }
  return outcome;
}
