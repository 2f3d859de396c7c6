import type { Session, Timing } from "./session.ts";

/** She has to be asked whether she is still there: nobody has touched anything for long, or the lease ends. */
export const isDue = (session: Session, now: number, timing: Timing): boolean =>
  now - session.touchedAt >= timing.warnMs || isEnding(session, now, timing);

/** The lease ends so soon that she has to be asked: a recording that begins now still comes to its end first. */
export const isEnding = ({ lease, pace }: Session, now: number, timing: Timing): boolean => {
  const { graceMs, countdownMs, takeMs } = timing;
  const isSoon = lease?.endsAt !== undefined && lease.endsAt - now <= graceMs + countdownMs + takeMs * pace;
  return isSoon && !lease.isWordGiven;
};
