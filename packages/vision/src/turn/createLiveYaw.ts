import type { Pose } from "../pose/sighting.ts";
import { degrees, wrap } from "./angle.ts";
import { facingNow, type Facing } from "./facing.ts";
import { correctMotion, predictMotion, type Motion } from "./motion.ts";

/** After so long without a sample nothing is left of what was known. */
const FORGET_MS = 1000;
/** Front and back taken for each other, as the model does for part of a second, is not a body that turned. */
const BELIEVE_FLIP_MS = 3000;
/** Square degrees of a single reading, when the lines across the body agree. */
const READING = 14 ** 2;
/** Change of speed, degrees per second and square root of a second. */
const AGILITY = 400;
/** Degrees of surprise beyond which a reading counts for little. */
const SOFT = 30;
/** Lines that contradict each other say little, not nothing. */
const WEAKEST = 0.2;

interface Followed {
  at: number;
  motion: Motion;
  /** Since when the readings say the opposite; undefined while they agree. */
  flippedSince: number | undefined;
}

const begin = (at: number, yaw: number): Followed => ({
  at,
  motion: { yaw, speed: 0, p: [READING, 0, 3600] },
  flippedSince: undefined,
});

/** Takes in one sample, turned round if that is nearer to what was expected. */
function follow({ at: before, motion, flippedSince: since }: Followed, facing: Facing, at: number): Followed {
  const seen = yawOf(facing);
  const expected = predictMotion(motion, (at - before) / 1000, AGILITY);
  const surprise = wrap(seen - expected.yaw);
  const isFlipped = Math.abs(surprise) > 90;
  const flippedSince = isFlipped ? (since ?? at) : undefined;
  if (flippedSince !== undefined && at - flippedSince > BELIEVE_FLIP_MS) return begin(at, seen);
  const strength = Math.max(Math.hypot(facing.across, facing.back), WEAKEST);
  const nearer = isFlipped ? wrap(surprise + 180) : surprise;
  const doubt = (1 + (nearer / SOFT) ** 2) / strength;
  return { at, motion: correctMotion(expected, nearer, READING * doubt ** 2), flippedSince };
}

const yawOf = ({ across, back }: Facing): number => degrees(Math.atan2(back, across));

/**
 * Makes a filter that follows where a body faces while it is seen: degrees -180..180, 0 faces the camera, positive to the
 * person's left. One filter per person; `at` in ms, rising.
 */
export function createLiveYaw(): (pose: Pose, at: number) => number {
  let followed: Followed | undefined;
  return (pose, at) => {
    const facing = facingNow(pose);
    if (!followed || at - followed.at > FORGET_MS) followed = begin(at, yawOf(facing));
    if (at > followed.at) followed = follow(followed, facing, at);
    return wrap(followed.motion.yaw);
  };
}
