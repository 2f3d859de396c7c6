import type { Landmark, Pose } from "@vitrine/vision";

/** A body made of the points that the package looks at, seen by a camera far away. */
export interface Figure {
  /** Degrees; 0 faces the camera, positive to its own left. */
  yaw?: number;
  /** Middle of the body, share of the picture. */
  x?: number;
  /** From nose to ankles, share of the picture. */
  height?: number;
  /** Height of the wrists over the shoulders, in heights of the trunk; at the sides when undefined. */
  leftHand?: number;
  rightHand?: number;
}

/** Half widths, in metres: shoulders, hips, ears, eyes. */
const WIDTHS: [left: number, right: number, half: number, height: number][] = [
  [2, 5, 0.03, 1.62],
  [7, 8, 0.07, 1.6],
  [11, 12, 0.17, 1.4],
  [13, 14, 0.19, 1.1],
  [15, 16, 0.2, 0.85],
  [23, 24, 0.1, 0.9],
  [25, 26, 0.1, 0.5],
  [27, 28, 0.1, 0.1],
];
const NOSE_HEIGHT = 1.6;
const ANKLE_HEIGHT = 0.1;
const TRUNK = 0.5;
const SHOULDER_HEIGHT = 1.4;

const hiddenPoints = (): Landmark[] =>
  Array.from({ length: 33 }, () => ({ x: 0, y: 0, z: 0, visibility: 0 }));

/** A pose of which nothing is to be seen yet. */
export const hiddenPose = (): Pose => ({ landmarks: hiddenPoints(), world: hiddenPoints() });

/** Draws the figure as the model would see it without any error. */
export function drawFigure({ yaw = 0, x = 0.5, height = 0.7, leftHand, rightHand }: Figure = {}): Pose {
  const [cos, sin] = [Math.cos((yaw * Math.PI) / 180), Math.sin((yaw * Math.PI) / 180)];
  const scale = height / (NOSE_HEIGHT - ANKLE_HEIGHT);
  const pose = hiddenPose();
  const put = (point: number, side: number, up: number): void => {
    pose.world[point] = { x: side * cos, y: 0.9 - up, z: side * sin, visibility: 1 };
    pose.landmarks[point] = {
      x: x + side * cos * scale,
      y: 0.95 - (up - ANKLE_HEIGHT) * scale,
      z: side * sin,
      visibility: 1,
    };
  };
  put(0, 0, NOSE_HEIGHT);
  for (const [left, right, half, up] of WIDTHS) {
    put(left, half, up);
    put(right, -half, up);
  }
  const raise = (elbow: number, wrist: number, side: number, hand: number | undefined): void => {
    if (hand === undefined) return;
    put(elbow, side * 0.2, SHOULDER_HEIGHT + (hand * TRUNK) / 2);
    put(wrist, side * 0.2, SHOULDER_HEIGHT + hand * TRUNK);
  };
  raise(13, 15, 1, leftHand);
  raise(14, 16, -1, rightHand);
  return pose;
}

/** Takes front for back, as the model does: left and right change places. */
export function flip(pose: Pose): Pose {
  const swapped = (points: Landmark[]): Landmark[] => {
    const result = [...points];
    for (const [left, right] of WIDTHS) [result[left], result[right]] = [points[right]!, points[left]!];
    return result;
  };
  return { landmarks: swapped(pose.landmarks), world: swapped(pose.world) };
}

/** Shakes every point by up to `amount` of the picture and of a metre. */
export function shake(pose: Pose, amount: number, random: () => number): Pose {
  const off = (value: number): number => value + (random() * 2 - 1) * amount;
  const shaken = (points: Landmark[]): Landmark[] =>
    points.map(({ x, y, z, visibility }) => ({ x: off(x), y: off(y), z: off(z), visibility }));
  return { landmarks: shaken(pose.landmarks), world: shaken(pose.world) };
}

/** Chance that comes out the same each time. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
