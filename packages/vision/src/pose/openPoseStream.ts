import { createPoseStream, type PoseStream } from "./createPoseStream.ts";
import type { Sighting } from "./sighting.ts";
import { startSeer } from "./startSeer.ts";

/** Where a stream finds its parts, and whom it tells. */
export interface PoseStreamOptions {
  /** The bundle `pose-worker.js`, on the page's own origin. */
  workerUrl: string;
  /** The folder with `wasm/` and `pose_landmarker_lite.task`. */
  assetsUrl: string;
  onSighting: (sighting: Sighting) => void;
  /** Told of each failure; the stream has by then begun to heal itself. */
  onError?: (error: unknown) => void;
}

/** Opens the pose worker. It is started anew when it fails, hangs, grows or gets old. */
export function openPoseStream({ workerUrl, assetsUrl, onSighting, onError }: PoseStreamOptions): PoseStream {
  return createPoseStream({
    start: () => startSeer(workerUrl, assetsUrl),
    onSighting,
    onError,
    now: () => performance.now(),
    after(delayMs, callback) {
      const timer = setTimeout(callback, delayMs);
      return () => clearTimeout(timer);
    },
  });
}
