/** Hears of a frame; `at`: ms of the page's monotonic clock. */
export type OnFrame = (video: HTMLVideoElement, at: number) => void;

/**
 * Calls for each frame that a video shows, until the answer is called: in a task of its own, since a video tells of its frame before the
 * page may draw, and taking a frame out of it would put that off by milliseconds.
 */
export function watchFrames(video: HTMLVideoElement, onFrame: OnFrame): () => void {
  const { port1: drawn, port2: shown } = new MessageChannel();
  drawn.addEventListener("message", ({ data }) => onFrame(video, data as number));
  drawn.start();
  let handle = video.requestVideoFrameCallback(function next(at) {
    handle = video.requestVideoFrameCallback(next);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port has none
    shown.postMessage(at);
  });
  return () => {
    video.cancelVideoFrameCallback(handle);
    drawn.close();
  };
}
