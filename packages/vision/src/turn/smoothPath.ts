import { degrees, radians } from "./angle.ts";
import type { Facing } from "./facing.ts";
import { correctMotion, predictMotion, type Motion } from "./motion.ts";

/** Error of a facing vector, whose length is about 1. */
const SPREAD = 0.15;
/** Errors of that many spreads count for little: they are confusions, not noise. */
const SOFT = 2.5;
/** The model errs alike in frames so near to each other (s): more frames a second know no more. */
const ALIKE = 0.1;
/** Change of speed, degrees per second and square root of a second. */
const AGILITY = 300;
const ROUNDS = 6;

/** What a frame says about the yaw near the one expected. */
interface Reading {
  yaw: number;
  /** Square degrees. */
  variance: number;
  isFlipped: boolean;
  /** Distance from what was expected, in spreads. */
  distance: number;
}

/** A smooth course, and how its frames agreed with it. */
export interface SmoothPath {
  yaws: number[];
  /** Share of the frames that took front for back. */
  flipped: number;
  /** Share of the frames that fit neither way. */
  doubtful: number;
}

/** As it is; front and back confused, the side kept; left and right confused as well. */
const WAYS = [
  [1, 1],
  [-1, 1],
  [-1, -1],
] as const;

/** Reads a facing vector the way that is nearest to the yaw expected. */
function read({ across, back }: Facing, expected: number): Reading {
  const [cos, sin] = [Math.cos(radians(expected)), Math.sin(radians(expected))];
  const [nearest] = WAYS.map(([front, side]) => {
    const [x, y] = [front * across, side * back];
    return { x, y, isFlipped: front < 0, distance: Math.hypot(x - cos, y - sin) / SPREAD };
  }).sort((a, b) => a.distance - b.distance) as [Reading & { x: number; y: number }];
  const { x, y, isFlipped, distance } = nearest;
  const trust = 1 / (1 + (distance / SOFT) ** 2) ** 2;
  return {
    yaw: expected + degrees(y * cos - x * sin),
    variance: degrees(SPREAD) ** 2 / Math.max(trust, 1e-3),
    isFlipped,
    distance,
  };
}

/** Draws a smooth course through what the frames say, near a rough one; what fits badly loses its say round by round. */
export function smoothPath(
  at: readonly number[],
  facings: readonly Facing[],
  rough: readonly number[],
): SmoothPath {
  const span = (at.at(-1)! - at[0]!) / 1000 / (at.length - 1);
  const inflation = Math.max(1, ALIKE / span);
  let yaws = [...rough];
  for (let round = 0; round < ROUNDS; round++) {
    const readings = facings.map((facing, i) => read(facing, yaws[i]!));
    yaws = rauchTungStriebel(
      at,
      readings.map(({ yaw }) => yaw),
      readings.map(({ variance }) => variance * inflation),
    );
  }
  const readings = facings.map((facing, i) => read(facing, yaws[i]!));
  const share = (isSo: (reading: Reading) => boolean): number =>
    readings.filter(isSo).length / readings.length;
  return {
    yaws,
    flipped: share(({ isFlipped }) => isFlipped),
    doubtful: share(({ distance }) => distance > SOFT),
  };
}

/** Kalman filter forwards, Rauch-Tung-Striebel smoother backwards, over yaw and speed with unequal steps of time. */
function rauchTungStriebel(
  at: readonly number[],
  readings: readonly number[],
  variances: readonly number[],
): number[] {
  const step = (i: number): number => (at[i]! - at[i - 1]!) / 1000;
  const predicted: Motion[] = [{ yaw: readings[0]!, speed: 0, p: [100, 0, 1000] }];
  const filtered: Motion[] = [];
  for (const [i, reading] of readings.entries()) {
    if (i > 0) predicted.push(predictMotion(filtered[i - 1]!, step(i), AGILITY));
    filtered.push(correctMotion(predicted[i]!, reading - predicted[i]!.yaw, variances[i]!));
  }
  let { yaw, speed } = filtered.at(-1)!;
  const yaws = [yaw];
  for (let i = readings.length - 2; i >= 0; i--) {
    const [now, next] = [filtered[i]!, predicted[i + 1]!];
    const [gYaw, gSpeed] = gains(now.p, next.p, step(i + 1));
    const [offYaw, offSpeed] = [yaw - next.yaw, speed - next.speed];
    yaw = now.yaw + gYaw[0] * offYaw + gYaw[1] * offSpeed;
    speed = now.speed + gSpeed[0] * offYaw + gSpeed[1] * offSpeed;
    yaws.push(yaw);
  }
  return yaws.reverse();
}

type Row = readonly [number, number];

/** `P Fᵀ Q⁻¹`, where P is the filtered covariance and Q the predicted one of the next frame. */
function gains(p: Motion["p"], q: Motion["p"], dt: number): [Row, Row] {
  const determinant = q[0] * q[2] - q[1] * q[1];
  const times = (a: number, b: number): Row => [
    (a * q[2] - b * q[1]) / determinant,
    (b * q[0] - a * q[1]) / determinant,
  ];
  return [times(p[0] + dt * p[1], p[1]), times(p[1] + dt * p[2], p[2])];
}
