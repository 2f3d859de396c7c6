import { median } from "./statistics.ts";

/** A value at a time, in any units. */
export interface Point {
  at: number;
  value: number;
}

/** Change of the value for each unit of time, and how far chance alone may have moved that figure (standard error). */
export interface Slope {
  slope: number;
  error: number;
}

/** Least squares through points, in order of time. */
export function fitSlope(points: readonly Point[]): Slope {
  const mean = (of: (point: Point) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [at, value] = [mean((point) => point.at), mean((point) => point.value)];
  const spread = points.reduce((sum, point) => sum + (point.at - at) ** 2, 0);
  const slope = points.reduce((sum, point) => sum + (point.at - at) * (point.value - value), 0) / spread;
  const left = points.reduce((sum, point) => sum + (point.value - value - slope * (point.at - at)) ** 2, 0);
  return { slope, error: Math.sqrt(left / Math.max(1, points.length - 2) / spread) };
}

/** One point for each stretch of time, by its medians: what comes and goes with each collection of garbage is no growth. */
export function thinOut(points: readonly Point[], stretch: number): Point[] {
  const parts = new Map<number, Point[]>();
  for (const point of points) {
    const part = Math.floor(point.at / stretch);
    parts.set(part, [...(parts.get(part) ?? []), point]);
  }
  return [...parts.values()].map((part) => ({
    at: median(part.map((point) => point.at)),
    value: median(part.map((point) => point.value)),
  }));
}
