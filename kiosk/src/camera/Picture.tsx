import { useEffect, useRef } from "preact/hooks";
import { watchFrames, type OnFrame } from "./watchFrames.ts";

/**
 * The mirrored picture. The browser draws the stream itself; nothing copies a pixel on this thread.
 * @param onFrame hears of each frame, for the pose
 */
export function Picture({ stream, onFrame }: { stream: MediaStream | undefined; onFrame: OnFrame }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = video.current!;
    element.srcObject = stream ?? null;
    if (!stream) return undefined;
    void element.play().catch(() => {}); // a stream that ends while it starts is the supervisor's to tell
    return watchFrames(element, onFrame);
  }, [stream, onFrame]);
  return <video ref={video} class="picture" muted playsInline aria-hidden="true" />;
}
