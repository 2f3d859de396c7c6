// Records anew what the real model sees in the fixtures, for tests that need no browser: node test/mirror/support/recordPoses.ts
import { mkdirSync, writeFileSync } from "node:fs";
import { formatTrack } from "../../vision/support/poseTrack.ts";
import { frameTimes, openVisionPage } from "./visionPage.ts";

const FOLDER = new URL("../../fixtures/vision/poses/", import.meta.url);
/** Frames, frames a second, and every how many of them the model is shown. */
const VIDEOS = [
  ["turn_a", 240, 30, 3],
  ["turn_b", 120, 30, 3],
  ["turn_b_dark", 120, 30, 3],
  ["pose_1", 120, 30, 3],
  ["pose_squats", 65, 5, 1],
] as const;

mkdirSync(FOLDER, { recursive: true });
const vision = await openVisionPage();
for (const [name, count, fps, step] of VIDEOS) {
  const { sightings } = await vision.see(`${name}.mp4`, frameTimes(count, fps, step));
  writeFileSync(new URL(`${name}.csv`, FOLDER), formatTrack(sightings));
}
await vision.close();
