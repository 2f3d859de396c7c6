import { smoothTurn, type Pose } from "@vitrine/vision";
import type { ClipStore } from "../clips/clipStore.ts";
import { recordClip, type RecordingEnd } from "../clips/recordClip.ts";
import type { Look } from "./look.ts";

/** A look that is being recorded. */
export interface Take {
  /** A person was seen, at ms of the page's monotonic clock. */
  see: (at: number, pose: Pose) => void;
  /** Settles when the recording ended, also by itself: when the camera went, or when it could not go on. Never rejects. */
  ended: Promise<RecordingEnd>;
  /** Ends it: with a look, or with the reason why there is none. */
  keep: () => Promise<Look | (RecordingEnd & { kind: "failed" })>;
  /** Ends it, and keeps nothing. */
  cancel: () => void;
}

/** Height of a poster in pixels. */
const POSTER_HEIGHT = 480;

/** Begins to record what the camera sees, and the poses with it. */
export async function recordLook(
  stream: MediaStream,
  video: HTMLVideoElement,
  store: ClipStore,
): Promise<Take> {
  const recording = await recordClip(stream, store);
  // A clip's time begins with its first frame, which is the next that the camera gives.
  const startedAt = await nextFrame(video);
  const seen: { at: number; pose: Pose }[] = [];
  const poster = takePoster(video);
  return {
    ended: recording.ended,
    see: (at, pose) => void (at >= startedAt && seen.push({ at: at - startedAt, pose })),
    keep: async () => {
      const end = await recording.stop();
      if (end.kind === "failed") {
        poster?.close();
        return end;
      }
      const turn = smoothTurn(seen);
      return { id: end.clip.seal.id, clip: end.clip, turn, ...(poster && { poster }) };
    },
    cancel: () => {
      void recording.cancel();
      poster?.close();
    },
  };
}

const nextFrame = (video: HTMLVideoElement) =>
  new Promise<number>((resolve) => video.requestVideoFrameCallback((at) => resolve(at)));

/** A small picture of this moment, mirrored as she sees herself. */
function takePoster(video: HTMLVideoElement): ImageBitmap | undefined {
  const { videoWidth, videoHeight } = video;
  if (!videoHeight) return undefined;
  const canvas = new OffscreenCanvas(Math.round((videoWidth / videoHeight) * POSTER_HEIGHT), POSTER_HEIGHT);
  const brush = canvas.getContext("2d")!;
  brush.scale(-1, 1);
  brush.drawImage(video, -canvas.width, 0, canvas.width, canvas.height);
  return canvas.transferToImageBitmap();
}
