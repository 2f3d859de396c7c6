import type { Pose } from "@vitrine/vision";

/** Mean over all visible points of the variance of x and y. */
export function variance(poses: readonly Pose[]): number {
  const values = poses[0]!.landmarks.flatMap(({ visibility }, point) =>
    visibility > 0
      ? (["x", "y"] as const).map((axis) => {
          const seen = poses.map(({ landmarks }) => landmarks[point]![axis]);
          const mean = seen.reduce((sum, value) => sum + value, 0) / seen.length;
          return seen.reduce((sum, value) => sum + (value - mean) ** 2, 0) / seen.length;
        })
      : [],
  );
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
