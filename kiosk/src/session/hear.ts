import type { Lease } from "./lease.ts";
import { isDue, isEnding } from "./isDue.ts";
import { end, lock } from "./lock.ts";
import type { Locked, Mirror, MirrorEvent, Notice, Open, Session, Timing } from "./session.ts";

/** An answer to a question that was asked since the mirror locked or opened last, of the lease that it has. */
export const isNews = (session: Session, { lease, era }: Extract<MirrorEvent, { type: "heard" }>): boolean =>
  lease.id === session.lease?.id && era === session.era;

/** What the server says of the open lease. */
export function hearOpen(mirror: Open, lease: Lease, now: number, timing: Timing): Mirror {
  const { session } = mirror;
  switch (lease.state) {
    case "ended":
      return end(session, "expired");
    case "locked":
      return lock({ ...session, lease }, "left", now, timing);
    case "unknown":
      return ask(mirror, letGo(session, "phone_forgotten"), now, timing);
    case "open":
      break;
  }
  const next = { ...session, lease };
  // Where it still ends soon, the answer was on its way before the server had her word, and knows nothing of it.
  const hasWord = session.lease?.isWordGiven && isEnding(next, now, timing);
  return ask(mirror, hasWord ? withWord(next) : next, now, timing);
}

/** What the server says of a locked lease. */
export function hearLocked(mirror: Locked, lease: Lease, now: number): Mirror {
  const { session } = mirror;
  switch (lease.state) {
    case "ended":
      return end(session, "done");
    case "unknown":
      // Her phone cannot open it any more, and nobody else may.
      return end(session, "expired");
    case "locked":
      return mirror;
    case "open":
      break;
  }
  return { kind: "open", session: { ...session, lease, era: session.era + 1, touchedAt: now } };
}

/** Goes on asking whether she is there while there is reason to: a lease that lasts again needs no word any more. */
function ask(mirror: Open, session: Session, now: number, timing: Timing): Open {
  return isDue(session, now, timing) ? { ...mirror, session } : { kind: "open", session };
}

/** Her word is on its way to the server, which then says when the lease ends. */
export const withWord = (session: Session): Session =>
  session.lease ? { ...session, lease: { ...session.lease, isWordGiven: true } } : session;

/**
 * The lease is over, and the server, which could have made it longer, was not heard of or has none. What the phone lent
 * goes; she is there and keeps her looks, like anybody who came without a phone.
 */
export function letGo({ lease: _lease, ...session }: Session, notice: Notice): Session {
  const place = session.place === "offers" ? "mirror" : session.place;
  return { ...session, place, notice };
}
