import { POINT, type Landmark, type Pose } from "../pose/sighting.ts";

/**
 * Where a body faces, as a vector seen from above: `across` is 1 when it faces the camera, -1 with the back to it; `back` is
 * 1 when it faces to its own left, where its left shoulder is behind. Roughly (cos, sin) of the yaw; shorter when unsure.
 */
export interface Facing {
  across: number;
  back: number;
}

/** A pair of points on a line across the body. */
type Pair = readonly [left: number, right: number];

const SHOULDERS: Pair = [POINT.leftShoulder, POINT.rightShoulder];
const HIPS: Pair = [POINT.leftHip, POINT.rightHip];
const EARS: Pair = [POINT.leftEar, POINT.rightEar];
const WORLD_PAIRS = [SHOULDERS, HIPS, EARS];

const between = (points: readonly Landmark[], [left, right]: Pair): Facing => ({
  across: points[left]!.x - points[right]!.x,
  back: points[left]!.z - points[right]!.z,
});

const length = ({ across, back }: Facing): number => Math.hypot(across, back);

/** A flipped or folded figure has no width to divide by. */
const TINY = 1e-6;

/** The value that this share of the values do not exceed. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.max(sorted[Math.floor(share * (sorted.length - 1))] ?? 0, TINY);
}

/** Where a body faces in one frame, by three lines across it in the room. Its depth is a guess of the model. */
export function facingNow(pose: Pose): Facing {
  const lines = WORLD_PAIRS.map((pair) => between(pose.world, pair));
  const whole = lines.reduce((sum, line) => sum + length(line), TINY);
  const sum = (key: keyof Facing): number => lines.reduce((total, line) => total + line[key], 0);
  return { across: sum("across") / whole, back: sum("back") / whole };
}

/** Width of the shoulders in the picture, by the height of the trunk, so that coming nearer changes nothing. */
function shownWidth({ landmarks }: Pose): number {
  const height = (pair: Pair): number => (landmarks[pair[0]]!.y + landmarks[pair[1]]!.y) / 2;
  return between(landmarks, SHOULDERS).across / Math.max(Math.abs(height(HIPS) - height(SHOULDERS)), TINY);
}

/**
 * Where a body faces in each frame of a recorded turn. The whole turn tells how wide the shoulders are, so their width in the
 * picture and in the room, which the model sees better than any depth, says how far they are turned, and depth which way.
 */
export function facingsOfTurn(poses: readonly Pose[]): Facing[] {
  const widths = poses.map(shownWidth);
  // Nearly the widest: the very widest is an outlier.
  const widest = quantile(widths.map(Math.abs), 0.9);
  const lines = WORLD_PAIRS.map((pair) => poses.map(({ world }) => between(world, pair)));
  const sizes = lines.map((line) => quantile(line.map(length), 0.75));
  const [shoulders] = lines as [Facing[]];
  return poses.map((_, i) => {
    const [shown, guessed] = [widths[i]! / widest, shoulders[i]!.across / sizes[0]!];
    const depths = lines.map((line, k) => line[i]!.back / sizes[k]!);
    return {
      across: Math.max(-LONGEST, Math.min(LONGEST, mix(shown, guessed))),
      back: depths.reduce((sum, depth) => sum + depth, 0) / depths.length,
    };
  });
}

/** The picture errs where arms hide a shoulder, the guess of the room everywhere a little: weights that erred least on rendered turns. */
const mix = (shown: number, guessed: number): number => (shown + 2 * guessed) / 3;

/** Longer than 1 only by error. */
const LONGEST = 1.15;
