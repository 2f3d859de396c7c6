import type { Comparison } from "@vitrine/core";
import type { Metric } from "../api/types.ts";
import { strings } from "../strings.ts";
import { formatShare } from "../ui/format.ts";

const text = strings.results;

/** A variant beside its control. */
export interface Judged {
  variant: string;
  comparison: Comparison;
}

/** A change with its sign: `+4.8 %`. */
export const formatChange = (share: number): string => (share > 0 ? "+" : "") + formatShare(share);

/** What a comparison says, in one sentence; `isNamed` where there are several variants. */
export function sentenceOf(metric: Metric, { variant, comparison }: Judged, isNamed: boolean): string {
  const name = isNamed ? `${variant}: ` : "";
  if (comparison.verdict === "notEnough") return name + text.notEnough;
  const { low, high } = comparison.interval;
  const range = text.between(formatChange(low), formatChange(high));
  if (comparison.verdict === "open") return name + text.open(range);
  const direction = comparison.verdict === "better" ? "more" : "less";
  return name + text.verdicts[metric][direction](formatChange(comparison.lift), range);
}
