// The worker's whole script. It lives with one landmarker and dies with it: MediaPipe's loader cannot be run twice in one
// module worker, so whoever wants a new landmarker starts a new worker.
import { FilesetResolver, PoseLandmarker, type PoseLandmarkerResult } from "@mediapipe/tasks-vision";
import { expose } from "comlink";
import type { Seen, Seer } from "./seer.ts";
import type { Landmark, Pose } from "./sighting.ts";

/** A second person has to be noticed, and one more beside the two. */
const MAX_PEOPLE = 3;

/** Emscripten's module object; handed in empty, so that the size of its memory can be read later. */
const wasm: { HEAPU8?: Uint8Array } = {};
let landmarker: PoseLandmarker | undefined;

const point = ({ x, y, z, visibility }: Landmark): Landmark => ({ x, y, z, visibility });

const people = ({ landmarks, worldLandmarks }: PoseLandmarkerResult): Pose[] =>
  landmarks.map((points, i) => ({ landmarks: points.map(point), world: worldLandmarks[i]!.map(point) }));

const seer: Seer = {
  async open(assetsUrl) {
    (globalThis as { Module?: object }).Module = wasm;
    const fileset = await FilesetResolver.forVisionTasks(`${assetsUrl}/wasm`, true);
    landmarker = await PoseLandmarker.createFromOptions(fileset, {
      baseOptions: { modelAssetPath: `${assetsUrl}/pose_landmarker_lite.task`, delegate: "CPU" },
      runningMode: "VIDEO",
      numPoses: MAX_PEOPLE,
    });
  },
  see(frame, at) {
    try {
      if (!landmarker) throw new Error("The pose worker was asked before it was opened.");
      const result = landmarker.detectForVideo(frame, at);
      const seen: Seen = { people: people(result), memoryBytes: wasm.HEAPU8?.buffer.byteLength ?? 0 };
      result.close();
      return seen;
    } finally {
      // A frame that is not closed keeps the camera from giving new ones.
      frame.close();
    }
  },
};

expose(seer);
