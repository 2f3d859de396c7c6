import type { CameraPlatform } from "./cameraPlatform.ts";
import { createFrameHealth } from "./frameHealth.ts";

/** What can be seen of an open stream. */
export type StreamHealth = "live" | "muted" | "frozen" | "black" | "ended";

/** An open stream that is being watched. */
export interface WatchedStream {
  stream: MediaStream;
  /** Ends the watch and the camera's track. */
  end(): void;
}

/**
 * Often enough that trouble is told within two seconds of its beginning: a picture that was on its way comes late, the look
 * that sees it later, and from there it takes {@link createFrameHealth} its time to be sure, rounded up to a look.
 */
const LOOK_MS = 250;

/** Looks at a stream's pictures and hears its events, and tells every time what it finds. */
export function watchStream(
  stream: MediaStream,
  parts: CameraPlatform,
  tell: (health: StreamHealth) => void,
): WatchedStream {
  const [track] = stream.getVideoTracks() as [MediaStreamTrack];
  const watch = parts.watch(stream);
  let judge = createFrameHealth(parts.now());
  let cancelLook = nothing;
  const check = (): void => {
    cancelLook();
    cancelLook = parts.after(LOOK_MS, check);
    // A muted track gives no pictures, or black ones: nothing to hold against it afterwards.
    if (track.muted) judge = createFrameHealth(parts.now());
    const health = track.muted ? "muted" : judge(watch.look(), parts.now());
    if (health) tell(health);
  };
  const heard: [string, () => void][] = [
    ["mute", check],
    ["unmute", check],
    ["ended", () => tell("ended")],
  ];
  for (const [type, listener] of heard) track.addEventListener(type, listener);
  check();
  return {
    stream,
    end() {
      cancelLook();
      for (const [type, listener] of heard) track.removeEventListener(type, listener);
      watch.end();
      stopTracks(stream);
    },
  };
}

const nothing = (): void => {};

/** Ends every track of a stream: a camera whose tracks live on keeps its light on. */
export function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
