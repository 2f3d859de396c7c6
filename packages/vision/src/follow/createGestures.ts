import { POINT, type Pose } from "../pose/sighting.ts";
import { createLiveYaw } from "../turn/createLiveYaw.ts";

/** What was seen of gestures in a frame. */
export interface Gestures {
  /** How far the dwell of a raised hand is: 0..1. */
  raise: number;
  /** A hand was held up for the whole dwell, or the body turned away and back. */
  fired?: "raise" | "turn";
}

/** How long and how far a gesture has to be. */
export interface GestureOptions {
  /** A hand is held up for so long before it counts. */
  dwellMs?: number;
  /** After a gesture nothing counts for so long. */
  refractoryMs?: number;
}

/** A wrist is up when it is this far above the eyes, in heights of the trunk; and down again when it is below them. */
const ABOVE = 0.12;
const SEEN = 0.5;
/** Gaps in the seeing of a raised hand that do not end it. */
const GRACE_MS = 150;
/** Far more than a yaw wanders on somebody who faces the camera; a turn has left the front, and come back to it. */
const AWAY = 120;
const FRONT = 30;
/** A turn that takes longer is two. */
const LONGEST_TURN_MS = 12_000;

type Hand = readonly [wrist: number, elbow: number, shoulder: number];

const HANDS: readonly Hand[] = [
  [POINT.leftWrist, POINT.leftElbow, POINT.leftShoulder],
  [POINT.rightWrist, POINT.rightElbow, POINT.rightShoulder],
];

/** How high above the eyes a wrist is, in heights of the trunk; -Infinity for an arm that is not stretched up or not seen. */
function heightOf({ landmarks: points }: Pose, [wrist, elbow, shoulder]: Hand): number {
  const y = (a: number, b: number): number => (points[a]!.y + points[b]!.y) / 2;
  const trunk = y(POINT.leftHip, POINT.rightHip) - y(POINT.leftShoulder, POINT.rightShoulder);
  const isUp = points[wrist]!.y < points[elbow]!.y && points[elbow]!.y < points[shoulder]!.y + trunk / 4;
  if (trunk <= 0 || !isUp || points[wrist]!.visibility < SEEN) return -Infinity;
  return (y(POINT.leftEye, POINT.rightEye) - points[wrist]!.y) / trunk;
}

/** Follows raised hands, one or both: progress of the dwell. */
function createRaise(dwellMs: number): (pose: Pose | undefined, at: number) => number {
  let since: number | undefined;
  let seenAt = 0;
  return (pose, at) => {
    const height = pose ? Math.max(...HANDS.map((hand) => heightOf(pose, hand))) : -Infinity;
    if (height > (since === undefined ? ABOVE : 0)) {
      since ??= at;
      seenAt = at;
    } else if (at - seenAt > GRACE_MS) since = undefined;
    return since === undefined ? 0 : Math.min(1, (at - since) / dwellMs);
  };
}

/** Says when a body has turned its back and come round to the front again. */
function createTurn(): (pose: Pose | undefined, at: number) => boolean {
  let yawOf = createLiveYaw();
  let frontAt = -Infinity;
  let awayAt: number | undefined;
  return (pose, at) => {
    if (!pose) {
      yawOf = createLiveYaw();
      awayAt = undefined;
      return false;
    }
    const yaw = Math.abs(yawOf(pose, at));
    if (yaw > AWAY && at - frontAt < LONGEST_TURN_MS) awayAt = at;
    if (yaw >= FRONT) return false;
    frontAt = at;
    const isTurn = awayAt !== undefined && at - awayAt < LONGEST_TURN_MS;
    awayAt = undefined;
    return isTurn;
  };
}

/** Makes a watcher of one person's gestures; `at` in ms, rising; no pose where she is not seen. Nothing destructive may hang on it. */
export function createGestures({ dwellMs = 1000, refractoryMs = 2000 }: GestureOptions = {}): (
  pose: Pose | undefined,
  at: number,
) => Gestures {
  const raiseOf = createRaise(dwellMs);
  const turned = createTurn();
  let quietUntil = -Infinity;
  let isSpent = false;
  return (pose, at) => {
    const progress = raiseOf(pose, at);
    const isTurn = turned(pose, at);
    // One raising fires once, however long the hand stays up.
    if (progress === 0) isSpent = false;
    const raise = isSpent || at < quietUntil ? 0 : progress;
    const fired = at < quietUntil ? undefined : raise === 1 ? "raise" : isTurn ? "turn" : undefined;
    if (!fired) return { raise };
    quietUntil = at + refractoryMs;
    isSpent = fired === "raise";
    return { raise, fired };
  };
}
