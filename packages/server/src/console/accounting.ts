import type { Services } from "../services.ts";

/** Where every event went. */
export interface Accounting {
  accepted: number;
  duplicate: number;
  rejected: number;
  /** Events of finished page loads that never came. */
  gaps: number;
  /** Events that devices reported as dropped themselves. */
  dropped: number;
  /** Refused events by reason. */
  rejections: Record<string, number>;
}

const REJECTED = "rejected:";

/** Reads the exact totals of a site. */
export function accountingOf({ collector }: Services, siteId: string): Accounting {
  const totals = collector.counters.all(siteId);
  const reasons = Object.entries(totals).filter(([name]) => name.startsWith(REJECTED));
  const { accepted = 0, duplicate = 0, gaps = 0, dropped = 0 } = totals;
  return {
    accepted,
    duplicate,
    rejected: reasons.reduce((sum, [, count]) => sum + count, 0),
    gaps,
    dropped,
    rejections: Object.fromEntries(reasons.map(([name, count]) => [name.slice(REJECTED.length), count])),
  };
}
