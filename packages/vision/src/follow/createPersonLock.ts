import { POINT, type Landmark, type Pose, type Sighting } from "../pose/sighting.ts";

/**
 * Who is in front of the mirror. `empty`: nobody, and when somebody was last seen there, where that was lately. `second`:
 * somebody else is in the zone, too; recording pauses.
 */
export type Presence = { kind: "empty"; seenAt?: number } | { kind: "one" | "second"; pose: Pose };

/** Where people count, and how slowly the lock lets go. Shares are of the picture. */
export interface PersonLockOptions {
  /** Hips between these (left and right) are in front of the mirror. */
  zone?: { left: number; right: number };
  /** A body that is lower than this is too far away. */
  minHeight?: number;
  /** How much larger somebody else has to be to take the lock over. */
  takeover?: number;
  /** So long she may go unseen before the place is empty, and so long somebody has to be there before she counts. */
  leaveMs?: number;
  enterMs?: number;
  /**
   * Whoever is found where she was counts at once as long as this after she was last seen, however few pictures there were
   * in between: a slow machine looks seldom, and she did not leave for that.
   */
  returnMs?: number;
}

/** What the zone looks like of one person. */
interface Body {
  pose: Pose;
  x: number;
  height: number;
}

const SEEN = 0.5;
/** A person moves less than this between two frames (share of the picture), and as much again in each further time so long. */
const STRIDE = 0.25;
const STRIDE_MS = 500;
/** A second reading of the same body, as the detector gives now and then. */
const SAME = 0.06;
/** The zone is wider for whoever is in it, by a share of the picture, and her size may shrink by this factor. */
const MARGIN = 0.05;
const SHRINK = 0.8;

const middle = (points: readonly Landmark[], a: number, b: number): number =>
  (points[a]!.x + points[b]!.x) / 2;

/** Place and size: from nose to ankles, or as far down as is in the picture. */
function measure(pose: Pose): Body | undefined {
  const points = pose.landmarks;
  if ((points[POINT.leftShoulder]!.visibility + points[POINT.rightShoulder]!.visibility) / 2 < SEEN)
    return undefined;
  const top = points[POINT.nose]!.y;
  const feet = Math.max(points[POINT.leftAnkle]!.y, points[POINT.rightAnkle]!.y);
  return { pose, x: middle(points, POINT.leftHip, POINT.rightHip), height: feet - top };
}

/**
 * Makes a lock on the person in front: nearest, which is largest, within the zone. It stays with her while she moves, survives
 * frames in which nobody is seen, and says when a second person is in the zone.
 */
export function createPersonLock(options: PersonLockOptions = {}): (sighting: Sighting) => Presence {
  const { zone = { left: 0.15, right: 0.85 }, minHeight = 0.35, takeover = 1.4 } = options;
  const { leaveMs = 700, enterMs = 200, returnMs = 3000 } = options;
  let held: { body: Body; seenAt: number } | undefined;
  let waiting: { since: number } | undefined;
  let second: { since: number; seenAt: number } | undefined;

  const isInside = ({ x, height }: Body, margin: number, shrink: number): boolean =>
    x >= zone.left - margin && x <= zone.right + margin && height >= minHeight * shrink;

  const forget = (at: number): void => {
    if (held && at - held.seenAt > returnMs) held = waiting = second = undefined;
  };

  /** Her again: whoever is nearest to where she was, unless somebody much larger stands in front. */
  const find = (bodies: readonly Body[], at: number): Body | undefined => {
    const [largest] = [...bodies].sort((a, b) => b.height - a.height);
    if (!held) return largest && isInside(largest, 0, 1) ? largest : undefined;
    const { body, seenAt } = held;
    const reach = STRIDE * Math.max(1, (at - seenAt) / STRIDE_MS);
    const away = (one: Body): number => Math.abs(one.x - body.x);
    const near = bodies.filter((one) => away(one) < reach && isInside(one, MARGIN, SHRINK));
    const [same] = near.sort((a, b) => away(a) - away(b));
    return same && largest && largest.height > same.height * takeover && isInside(largest, 0, 1)
      ? largest
      : same;
  };

  const noteOthers = (bodies: readonly Body[], mine: Body, at: number): void => {
    const isThere = bodies.some(
      (one) => one !== mine && Math.abs(one.x - mine.x) > SAME && isInside(one, 0, 1),
    );
    if (isThere) second = { since: second?.since ?? at, seenAt: at };
    else if (second && at - second.seenAt > leaveMs) second = undefined;
  };

  return ({ people, at }) => {
    forget(at);
    const bodies = people.map(measure).filter((body) => body !== undefined);
    const mine = find(bodies, at);
    if (mine) {
      waiting ??= { since: at };
      if (held || at - waiting.since >= enterMs) held = { body: mine, seenAt: at };
      noteOthers(bodies, mine, at);
    } else if (!held) waiting = undefined;
    if (!held) return { kind: "empty" };
    if (at - held.seenAt > leaveMs) return { kind: "empty", seenAt: held.seenAt };
    const isSecond = second !== undefined && second.seenAt - second.since >= enterMs;
    return { kind: isSecond ? "second" : "one", pose: held.body.pose };
  };
}
