import type { Landmark, Pose } from "../pose/sighting.ts";
import { createOneEuro, type OneEuroOptions } from "./oneEuro.ts";

/** A person unseen for so long has moved on: nothing of the old pose is drawn into the new one. */
const FORGET_MS = 500;

const AXES = ["x", "y", "z"] as const;

function createPointsSmoother(options: OneEuroOptions): (points: Landmark[], at: number) => Landmark[] {
  const filters: ReturnType<typeof createOneEuro>[] = [];
  return (points, at) =>
    points.map((point, i) => {
      const [x, y, z] = AXES.map((axis, k) =>
        (filters[i * AXES.length + k] ??= createOneEuro(options))(point[axis], at),
      ) as [number, number, number];
      return { x, y, z, visibility: point.visibility };
    });
}

/** Makes a smoother for one person's pose (One-Euro on every axis of every point); `at` in ms, rising. */
export function createPoseSmoother(options: OneEuroOptions = {}): (pose: Pose, at: number) => Pose {
  let lastAt = -Infinity;
  let landmarks = createPointsSmoother(options);
  let world = createPointsSmoother(options);
  return (pose, at) => {
    if (at - lastAt > FORGET_MS) {
      landmarks = createPointsSmoother(options);
      world = createPointsSmoother(options);
    }
    lastAt = at;
    return { landmarks: landmarks(pose.landmarks, at), world: world(pose.world, at) };
  };
}
