import type { ViewNode } from "./viewNode.ts";

/**
 * What must hold on the next page for an entry to be shown; everything else was decided when the plan was
 * compiled. Absent fields do not restrict. The inline reader evaluates it before first paint.
 */
export interface SlotGuard {
  /** The session must be (true) or must not be (false) new: 30 minutes since the last activity. */
  new?: boolean;
  /** ms since 1970, `to` exclusive. */
  from?: number | undefined;
  to?: number | undefined;
  /** Exact paths, any of them. */
  path?: string[];
  /** One query parameter and its value. */
  query?: [name: string, value: string];
  /** How often it may still be shown: in this session, and in a new one. */
  left?: { now: number; fresh: number } | undefined;
}

/** Finished content for one placement. */
export interface PlanEntry {
  rule: string;
  variant?: string | undefined;
  guard: SlotGuard;
  content: ViewNode[];
}

/** What the next page shows, compiled on this one; kept as JSON in `localStorage`, at most 32 kB. */
export interface SlotPlan {
  /** Format; a reader leaves other formats alone. */
  v: 1;
  /** Ruleset version and expiry (ms). */
  version: number;
  notAfter: number;
  /** By placement, first match wins. */
  slots: Record<string, PlanEntry[]>;
}
