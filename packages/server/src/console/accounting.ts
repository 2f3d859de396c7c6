import type { Services } from "../services.ts";

/** Where every event went. Those which devices made are `created`; each stands in one of the others. */
export interface Accounting {
  created: number;
  /** Of those, how many are stored, refused with a reason, on their way, or dropped with a reason. */
  accounted: number;
  accepted: number;
  rejected: number;
  /** Still stored on devices, as each last said. */
  queued: number;
  /** Events that devices reported as dropped themselves. */
  dropped: number;
  /** Events of finished page loads that never came. */
  gaps: number;
  /** Skipped so far by page loads that are not finished, and not said to be on the device. */
  unsettled: number;
  /** Came again and were recognised: not among the created ones. */
  duplicate: number;
  /** Refused events by reason. */
  rejections: Record<string, number>;
  /** Dropped events by reason. */
  drops: Record<string, number>;
}

/** Reads the exact totals of a site. */
export function accountingOf({ collector }: Services, siteId: string): Accounting {
  const totals = collector.counters.all(siteId);
  const { accepted = 0, duplicate = 0, gaps = 0, queued = 0, unsettled = 0 } = totals;
  const rejections = byReason(totals, "rejected:");
  const drops = byReason(totals, "dropped:");
  const rejected = sum(rejections);
  const dropped = sum(drops) + (totals.dropped ?? 0); // without a reason: from before they were told apart
  const accounted = accepted + rejected + queued + dropped;
  const created = accounted + gaps + unsettled;
  return {
    created,
    accounted,
    accepted,
    rejected,
    queued,
    dropped,
    gaps,
    unsettled,
    duplicate,
    rejections,
    drops,
  };
}

function byReason(totals: Record<string, number>, prefix: string): Record<string, number> {
  const named = Object.entries(totals).filter(([name, count]) => name.startsWith(prefix) && count > 0);
  return Object.fromEntries(named.map(([name, count]) => [name.slice(prefix.length), count]));
}

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((a, b) => a + b, 0);
