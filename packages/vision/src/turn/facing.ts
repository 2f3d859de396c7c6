import { POINT, type Landmark, type Pose } from "../pose/sighting.ts";

/**
 * Where a body faces, as a vector seen from above: `across` is 1 when it faces the camera, -1 with the back to it; `back` is
 * 1 when it faces to its own left, where its left shoulder is behind. Roughly (cos, sin) of the yaw; shorter when unsure.
 */
export interface Facing {
  across: number;
  back: number;
}

/** A facing in a recorded turn. */
export interface TurnFacing extends Facing {
  /** How surely the model sees a face, as a power of ten: 0 where it does best in this turn, lower elsewhere. */
  face: number;
  /** 0..1: what that is worth. Nothing where it does not change, as of one who never turned her back. */
  faceSays: number;
}

/** A pair of points on a line across the body. */
type Pair = readonly [left: number, right: number];

const SHOULDERS: Pair = [POINT.leftShoulder, POINT.rightShoulder];
const HIPS: Pair = [POINT.leftHip, POINT.rightHip];
const ELBOWS: Pair = [POINT.leftElbow, POINT.rightElbow];
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

/** What a pair of points is apart in the picture, by the height of the trunk, so that coming nearer changes nothing. */
const shownWidth = (pose: Pose, pair: Pair): number =>
  between(pose.landmarks, pair).across / shownTrunk(pose);

/** How far the head is before the shoulders, by the height of the trunk: heads lean forward, whichever way they look. */
const shownLead = (pose: Pose): number =>
  (middle(pose.landmarks, EARS, "x") - middle(pose.landmarks, SHOULDERS, "x")) / shownTrunk(pose);

const shownTrunk = ({ landmarks }: Pose): number =>
  Math.max(Math.abs(middle(landmarks, HIPS, "y") - middle(landmarks, SHOULDERS, "y")), TINY);

const middle = (points: readonly Landmark[], [left, right]: Pair, axis: "x" | "y"): number =>
  (points[left]![axis] + points[right]![axis]) / 2;

/**
 * Where a body faces in each frame of a recorded turn. The whole turn tells how wide a body is, so its width in the picture
 * and in the room, which the model sees better than any depth, says how far it is turned, and depth and the head which way.
 */
export function facingsOfTurn(poses: readonly Pose[]): TurnFacing[] {
  const [shoulders, hips] = [linesOf(poses, SHOULDERS), linesOf(poses, HIPS)];
  const [wide, elbows] = [SHOULDERS, ELBOWS].map((pair) =>
    scaled(poses.map((pose) => shownWidth(pose, pair))),
  ) as [Scaled, Scaled];
  const lead = scaled(poses.map(shownLead));
  const headsSay = HEAD_SAYS * share((lead.size / wide.size - LEAD_NOISE) / LEAD_NOISE);
  const faces = poses.map(faceOf);
  const [worst, best] = [quantile(faces, 0.1), quantile(faces, 0.9)];
  const faceSays = share((best - worst - FACE_NOISE) / FACE_NOISE);
  return poses.map((_, i) => {
    // Weights that erred least on rendered turns in many lights: arms hide shoulders, and depth is a guess.
    const across = (2 * wide.values[i]! + elbows.values[i]! + shoulders[i]!.across) / 4;
    const back = (shoulders[i]!.back + hips[i]!.back + headsSay * lead.values[i]!) / (2 + headsSay);
    return { across: Math.max(-LONGEST, Math.min(LONGEST, across)), back, face: faces[i]! - best, faceSays };
  });
}

/** A line across the body in each frame, in its own lengths. */
function linesOf(poses: readonly Pose[], pair: Pair): Facing[] {
  const lines = poses.map(({ world }) => between(world, pair));
  const size = quantile(lines.map(length), 0.75);
  return lines.map(({ across, back }) => ({ across: across / size, back: back / size }));
}

/** Values by nearly the largest of them, either way: the very largest is an outlier. */
interface Scaled {
  size: number;
  values: number[];
}

function scaled(values: readonly number[]): Scaled {
  const size = quantile(values.map(Math.abs), 0.9);
  return { size, values: values.map((value) => value / size) };
}

/** How surely the model sees a face, as a power of ten: it draws one for a back, too, but trusts it less. */
const faceOf = ({ landmarks }: Pose): number =>
  FACE.reduce((sum, point) => sum - Math.log10(1 + SUREST - landmarks[point]!.visibility), 0) / FACE.length;

const FACE: readonly number[] = [POINT.nose, POINT.leftEye, POINT.rightEye];
/** Differences beyond this are rounding. */
const SUREST = 1e-4;

/** By so much it changes without any turn. */
const FACE_NOISE = 0.25;

/** What the head says counts as much as two lines; less where it hardly leans, since then it tells little but noise. */
const HEAD_SAYS = 2;
/** In widths of the shoulders: less is noise, and twice as much is how heads are held. */
const LEAD_NOISE = 0.09;

const share = (value: number): number => Math.max(0, Math.min(1, value));

/** Longer than 1 only by error. */
const LONGEST = 1.15;
