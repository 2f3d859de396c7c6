import { readFileSync } from "node:fs";
import type { Sighting, Pose } from "@vitrine/vision";
import { hiddenPose } from "./figure.ts";

/** One person's pose over time. */
export type PoseTrack = { at: number; pose: Pose }[];

/** The points that are kept of a pose: nose, eyes, ears, arms, hips, ankles. */
const POINTS = [0, 2, 5, 7, 8, 11, 12, 13, 14, 15, 16, 23, 24, 27, 28];

/** Recordings of the real model on the fixtures: one line a frame, its time in ms and then five numbers a point. */
const fileOf = (name: string): URL => new URL(`../../fixtures/vision/poses/${name}.csv`, import.meta.url);

/** Writes what `readTrack` reads: lengths in ten thousandths of the picture or of a metre. */
export function formatTrack(sightings: readonly Sighting[]): string {
  const lines = sightings.map(({ at, people: [pose] }) => {
    if (!pose) throw new Error(`Nobody was seen at ${at} ms.`);
    const numbers = POINTS.flatMap((point) => {
      const { x, y, visibility } = pose.landmarks[point]!;
      const world = pose.world[point]!;
      return [x, y, world.x, world.z, visibility].map((value) => Math.round(value * 1e4));
    });
    return [Math.round(at), ...numbers].join(",");
  });
  return lines.join("\n") + "\n";
}

/** Reads a recording; points that were not kept are at the origin and not visible. */
export function readTrack(name: string): PoseTrack {
  const lines = readFileSync(fileOf(name), "utf8").trimEnd().split("\n");
  return lines.map((line) => {
    const [at, ...numbers] = line.split(",").map(Number);
    const pose = hiddenPose();
    for (const [i, point] of POINTS.entries()) {
      const values = numbers.slice(5 * i, 5 * i + 5).map((value) => value / 1e4);
      const [x, y, worldX, worldZ, visibility] = values as [number, number, number, number, number];
      pose.landmarks[point] = { x, y, z: 0, visibility };
      pose.world[point] = { x: worldX, y: 0, z: worldZ, visibility };
    }
    return { at: at!, pose };
  });
}

/** True yaw of a rendered figure at a time (ms), unwrapped degrees, interpolated between its frames. */
export function trueYaw(name: string): (at: number) => number {
  const url = new URL(`../../fixtures/vision/${name}.json`, import.meta.url);
  const { fps, yaw_deg: yaws } = JSON.parse(readFileSync(url, "utf8")) as { fps: number; yaw_deg: number[] };
  return (at) => {
    // A frame is shown from its number to the next; the model saw it in the middle of that.
    const place = Math.min(Math.max((at / 1000) * fps - 0.5, 0), yaws.length - 1);
    const before = yaws[Math.floor(place)]!;
    return before + (place % 1) * (yaws[Math.ceil(place)]! - before);
  };
}
