/** Hears of a frame; `at`: ms of the page's monotonic clock. */
export type OnFrame = (video: HTMLVideoElement, at: number) => void;

/** Calls for each frame that a video shows, until the answer is called. */
export function watchFrames(video: HTMLVideoElement, onFrame: OnFrame): () => void {
  let handle = video.requestVideoFrameCallback(function next(at) {
    handle = video.requestVideoFrameCallback(next);
    onFrame(video, at);
  });
  return () => video.cancelVideoFrameCallback(handle);
}
