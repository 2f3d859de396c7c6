import type { Look } from "../looks/look.ts";
import { hearLocked, hearOpen, isNews, letGo, withWord } from "./hear.ts";
import { isDue, isEnding } from "./isDue.ts";
import { end, lock, withoutAbsence } from "./lock.ts";
import {
  MAX_EXTENSIONS,
  MAX_LOOKS,
  MAX_TRIED,
  TIMING,
  type Locked,
  type Mirror,
  type MirrorEvent,
  type Open,
  type Pace,
  type Session,
  type Timing,
} from "./session.ts";

/**
 * What the mirror becomes. Pure; effects follow from what changed: a session that is `ended` has to be destroyed, and
 * `destroyed` is said once nothing of it is left.
 * @param now ms of a monotonic clock
 */
export function step(mirror: Mirror, event: MirrorEvent, now: number, timing: Timing = TIMING): Mirror {
  switch (mirror.kind) {
    case "idle":
      if (event.type === "seen" && event.who !== "nobody") return { kind: "hello", since: now };
      return event.type === "begin" ? begin(event.id, now) : mirror;
    case "hello":
      if (event.type === "begin") return begin(event.id, now);
      if (event.type === "seen" && event.who === "nobody") return { kind: "idle" };
      return mirror;
    case "open":
      return stepOpen(mirror, event, now, timing);
    case "locked":
      return stepLocked(mirror, event, now);
    case "ended":
      break;
  }
  return event.type === "destroyed" ? { kind: "idle" } : mirror;
}

const begin = (id: string, now: number): Mirror => ({
  kind: "open",
  session: {
    id,
    place: "mirror",
    looks: [],
    shown: [],
    tried: [],
    pace: 1,
    era: 0,
    touchedAt: now,
    extended: 0,
  },
});

function stepOpen(mirror: Open, event: MirrorEvent, now: number, timing: Timing): Mirror {
  const { session } = mirror;
  if (event.type === "done") return end(session, event.why ?? "done");
  if (event.type === "tick") return tick(mirror, now, timing);
  if (event.type === "seen") return see(mirror, event, now);
  if (event.type === "blind") return { ...mirror, session: withoutAbsence(session) };
  if (event.type === "leased") return hearOpen(mirror, event.lease, now, timing);
  if (event.type === "heard")
    return isNews(session, event) ? hearOpen(mirror, event.lease, now, timing) : mirror;
  if (
    event.type === "recorded" ||
    event.type === "failed" ||
    event.type === "tag" ||
    event.type === "tried" ||
    event.type === "lost"
  )
    return { ...mirror, session: change(session, event, now, timing) };
  if (event.type === "extend") {
    if (session.extended >= MAX_EXTENSIONS) return lock(session, "idle", now, timing);
    return {
      kind: "open",
      session: { ...withWord(session), touchedAt: now, extended: session.extended + 1 },
    };
  }
  // Whatever else comes is a touch: it answers a warning of idleness as well. That a lease ends, only her word does. And
  // who touches is there, whatever the camera sees.
  const { notice: _said, ...rest } = session;
  const here = rest.awaySince === undefined ? rest : { ...rest, awaySince: now };
  const touched: Open = { kind: "open", session: { ...change(here, event, now, timing), touchedAt: now } };
  return mirror.warnedUntil !== undefined && isEnding(session, now, timing)
    ? { ...touched, warnedUntil: mirror.warnedUntil }
    : touched;
}

function tick(mirror: Open, now: number, timing: Timing): Mirror {
  const { session, warnedUntil } = mirror;
  const { awaySince, take, lease } = session;
  if (awaySince !== undefined && now - awaySince >= timing.leaveMs) return lock(session, "left", now, timing);
  if (warnedUntil !== undefined && now >= warnedUntil) return lock(session, "idle", now, timing);
  if (lease?.endsAt !== undefined && now >= lease.endsAt)
    return { kind: "open", session: letGo(session, "phone_let_go") };
  // Nobody touches a mirror while it records.
  if (warnedUntil === undefined && !take && isDue(session, now, timing))
    return { ...mirror, warnedUntil: now + timing.graceMs };
  if (take?.step === "countdown" && now >= take.until)
    return withTake(mirror, { step: "recording", from: now, until: now + timing.takeMs * session.pace });
  if (take?.step === "recording" && now >= take.until)
    return withTake(mirror, { step: "keeping", lengthMs: take.until - take.from });
  return mirror;
}

const withTake = (mirror: Open, take: Session["take"] & object): Mirror => ({
  ...mirror,
  session: { ...mirror.session, take },
});

function see(mirror: Open, event: Extract<MirrorEvent, { type: "seen" }>, now: number): Mirror {
  const { who } = event;
  const { awaySince } = mirror.session;
  if (who === "nobody") {
    if (awaySince !== undefined) return mirror;
    const { seenAt = now } = event;
    return {
      ...mirror,
      session: { ...mirror.session, awaySince: Math.max(seenAt, mirror.session.touchedAt) },
    };
  }
  const session = withoutAbsence(mirror.session);
  if (who === "second" && session.take && session.take.step !== "keeping") {
    const { take: _take, ...rest } = session;
    return { ...mirror, session: { ...rest, notice: "second_person" } };
  }
  return session === mirror.session ? mirror : { ...mirror, session };
}

/** A session after what a shopper or the mirror's parts did. */
function change(session: Session, event: MirrorEvent, now: number, timing: Timing): Session {
  switch (event.type) {
    case "go":
      return { ...withoutScan(session), place: event.place, shown: event.shown ?? session.shown };
    case "scanned":
      // A label that comes near while she turns waits for no answer.
      return session.take ? session : { ...session, place: "article", scan: event.scan };
    case "tried": {
      const others = session.tried.filter(({ sku }) => sku !== event.article.sku);
      return { ...session, tried: [event.article, ...others].slice(0, MAX_TRIED) };
    }
    case "choose": {
      const { shown } = session;
      const others = shown.filter((id) => id !== event.look);
      return { ...session, shown: others.length < shown.length ? others : [...others, event.look].slice(-2) };
    }
    case "record":
      if (session.take) return session;
      if (!hasRoom(session, timing)) return { ...session, notice: "too_many_looks" };
      return { ...session, place: "mirror", take: { step: "countdown", until: now + timing.countdownMs } };
    case "pace":
      return session.take ? session : { ...session, pace: NEXT_PACE[session.pace] };
    case "wait": {
      const { take } = session;
      if (take?.step !== "countdown") return session;
      return { ...session, take: { ...take, until: take.until + timing.waitMs } };
    }
    case "cancel":
      return withoutTake(session);
    case "recorded":
      return withLook(withoutTake(session), lengthOf(event.look, session.take), now);
    case "failed":
      // That her looks are lost is the worse news of the two, whichever comes first.
      return {
        ...withoutTake(session),
        notice: session.notice === "looks_lost" ? session.notice : event.notice,
        touchedAt: now,
      };
    case "lost":
      return withoutLooks(session);
    case "tag": {
      const looks = session.looks.map((look) =>
        look.id === event.look && event.article ? { ...look, article: event.article } : look,
      );
      return { ...session, looks };
    }
    case "discard": {
      const looks = session.looks.filter(({ id }) => id !== event.look);
      const shown = session.shown.filter((id) => id !== event.look);
      return { ...session, looks, shown, place: "looks" };
    }
    default:
      return session;
  }
}

const NEXT_PACE: Record<Pace, Pace> = { 1: 2, 2: 3, 3: 1 };

/** However long the turns are, what is kept of them is bounded. */
function hasRoom({ looks, pace }: Session, { takeMs }: Timing): boolean {
  const usedMs = looks.reduce((sum, { lengthMs = takeMs }) => sum + lengthMs, 0);
  return usedMs + takeMs * pace <= MAX_LOOKS * takeMs;
}

const lengthOf = (look: Look, take: Session["take"]): Look =>
  take?.step === "keeping" ? { ...look, lengthMs: take.lengthMs } : look;

/** A look on the shelf; the newest two are chosen, which most want to compare. */
function withLook(session: Session, look: Look, now: number): Session {
  const looks = [...session.looks, look];
  const shown = looks.slice(-2).map(({ id }) => id);
  return { ...session, looks, shown, place: "looks", touchedAt: now };
}

/** Where there was nothing, nothing is lost. */
function withoutLooks(session: Session): Session {
  if (session.looks.length === 0) return session;
  return { ...session, looks: [], shown: [], place: "mirror", notice: "looks_lost" };
}

/** A screen that is opened by hand begins with nothing scanned. */
function withoutScan(session: Session): Session {
  const { scan: _scan, ...rest } = session;
  return rest;
}

function withoutTake(session: Session): Session {
  const { take: _take, ...rest } = session;
  return rest;
}

function stepLocked(mirror: Locked, event: MirrorEvent, now: number): Mirror {
  const { session, until } = mirror;
  if (event.type === "done") return end(session, event.why ?? "done");
  if (event.type === "lost") return { ...mirror, session: withoutLooks(session) };
  if (event.type === "tick" && now >= until) return end(session, "expired");
  // Somebody who touches a locked mirror is another shopper, or has her phone in her hand: both find the way.
  if (event.type === "begin") return end(session, "replaced");
  if (event.type !== "heard" || !isNews(session, event)) return mirror;
  return hearLocked(mirror, event.lease, now);
}
