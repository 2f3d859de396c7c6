import { createPersonLock, openPoseStream, type Pose, type PoseStream } from "@vitrine/vision";
import { useCallback, useEffect, useRef } from "preact/hooks";
import type { OnFrame } from "./watchFrames.ts";

/** Who stands in front, in one frame; `seenAt`: when somebody last did, where that was lately. */
export type Person =
  | { at: number; who: "nobody"; seenAt: number | undefined }
  | { at: number; who: "one" | "second"; pose: Pose };

/** Where the pose worker and its model lie, beside the page. */
const POSE = { workerUrl: "pose-worker.js", assetsUrl: "vision/" };

/** Hands frames to the pose worker and tells who is seen. Landmarks never leave this process. */
export function usePerson(tell: (person: Person) => void): OnFrame {
  const stream = useRef<PoseStream | undefined>(undefined);
  const told = useRef(tell);
  told.current = tell;
  useEffect(() => {
    const lock = createPersonLock();
    stream.current = openPoseStream({
      ...POSE,
      onSighting: (sighting) => {
        const seen = lock(sighting);
        told.current(
          seen.kind === "empty"
            ? { at: sighting.at, who: "nobody", seenAt: seen.seenAt }
            : { at: sighting.at, who: seen.kind, pose: seen.pose },
        );
      },
    });
    return () => stream.current?.close();
  }, []);
  return useCallback((video, at) => {
    const { current } = stream;
    if (!current || video.readyState < video.HAVE_CURRENT_DATA) return;
    current.offer(new VideoFrame(video, { timestamp: Math.round(at * 1000) }), at);
  }, []);
}
