import type { TurnMatch } from "@vitrine/vision";

/** Brings a difference of angles to 0..180. */
export const apart = (a: number, b: number): number => {
  const difference = a - b;
  return Math.abs(difference - 360 * Math.round(difference / 360));
};

/** Median and 95th percentile. */
export interface Spread {
  median: number;
  p95: number;
}

/** Sums up errors. */
export function spreadOf(errors: readonly number[]): Spread {
  const sorted = [...errors].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))]!;
  return { median: at(0.5), p95: at(0.95) };
}

type Yaw = (at: number) => number;

/** How far two looks really are apart when both are shown at the same angle: each degree that both cover, once. */
export function errorsByAngle(match: TurnMatch, yawA: Yaw, yawB: Yaw): Spread {
  const errors: number[] = [];
  for (let angle = match.from; angle <= match.to; angle++)
    errors.push(apart(yawA(match.timeAt(0, angle)), yawB(match.timeAt(1, angle))));
  return spreadOf(errors);
}

/** How far they are apart when both are played from their beginning, or (`scaled`) stretched to one length. */
export function errorsByTime(
  yawA: Yaw,
  yawB: Yaw,
  lengthsMs: readonly [number, number],
  scaled: boolean,
): Spread {
  const [a, b] = scaled ? lengthsMs : [Math.min(...lengthsMs), Math.min(...lengthsMs)];
  const shares = Array.from({ length: 361 }, (_, i) => i / 360);
  return spreadOf(shares.map((share) => apart(yawA(share * a), yawB(share * b))));
}
