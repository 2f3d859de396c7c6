import type { TimelineEntry } from "../api/types.ts";

/** Idleness after which a new session begins. */
export const SESSION_IDLE_MS: number = 30 * 60_000;

/** What happened without a pause of half an hour. */
export interface TimelineSession {
  /** Time of the first event, ms. */
  from: number;
  /** Time of the last event, ms. */
  to: number;
  /** Newest first. */
  entries: TimelineEntry[];
}

/** Groups a timeline into sessions. Newest first in, newest first out. */
export function groupSessions(timeline: readonly TimelineEntry[]): TimelineSession[] {
  const sessions: TimelineSession[] = [];
  for (const entry of timeline) {
    const last = sessions.at(-1);
    if (last && last.from - entry.time < SESSION_IDLE_MS) {
      last.entries.push(entry);
      last.from = entry.time;
    } else {
      sessions.push({ from: entry.time, to: entry.time, entries: [entry] });
    }
  }
  return sessions;
}
