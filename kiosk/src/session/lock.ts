import type { Ending, Mirror, Session, Timing } from "./session.ts";

/** A session that is over, and has to be destroyed. */
export const end = (session: Session, why: Ending): Mirror => ({ kind: "ended", session, why });

/** Nobody but the shopper's phone may see it again; where no phone was paired, nobody could, and it ends. */
export function lock(session: Session, why: Ending, now: number, timing: Timing): Mirror {
  if (!session.lease) return end(session, why);
  const { take: _take, ...rest } = withoutAbsence(session);
  const era = session.era + 1;
  return { kind: "locked", session: { ...rest, place: "mirror", era }, until: now + timing.lockMs };
}

/** Somebody is there. */
export function withoutAbsence(session: Session): Session {
  if (session.awaySince === undefined) return session;
  const { awaySince: _since, ...here } = session;
  return here;
}
