export { openPoseStream, type PoseStreamOptions } from "./pose/openPoseStream.ts";
export type { PoseStats, PoseStream } from "./pose/createPoseStream.ts";
export type { Frame } from "./pose/seer.ts";
export type { Landmark, Pose, Sighting } from "./pose/sighting.ts";
