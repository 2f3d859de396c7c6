/** A film that can be asked for single frames. */
export interface Film {
  durationS: number;
  /** Draws the frame at a time; `draw` is called while it is shown. */
  at(timeS: number): Promise<HTMLVideoElement>;
  close(): void;
}

/** This browser cannot play a film of this format. */
export class FilmError extends Error {
  override name = "FilmError";
}

/** Beyond any film: what was recorded live says its length only when its end was asked for. */
const FAR_S = 1e7;

/** Opens a film. Close it: a phone has few decoders. @throws FilmError */
export async function openFilm(blob: Blob): Promise<Film> {
  const video = document.createElement("video");
  const url = URL.createObjectURL(blob);
  const close = () => {
    video.removeAttribute("src");
    video.load();
    URL.revokeObjectURL(url);
  };
  video.muted = true;
  video.playsInline = true;
  video.preload = "auto";
  video.src = url;
  try {
    await happens(video, "loadedmetadata");
    if (!Number.isFinite(video.duration)) await seek(video, FAR_S);
    const durationS = Number.isFinite(video.duration) ? video.duration : video.currentTime;
    return {
      durationS,
      // The very end shows nothing in some browsers.
      at: (timeS) => seek(video, Math.min(timeS, Math.max(0, durationS - 0.01))),
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

async function seek(video: HTMLVideoElement, timeS: number): Promise<HTMLVideoElement> {
  const seeked = happens(video, "seeked");
  video.currentTime = timeS;
  await seeked;
  return video;
}

function happens(video: HTMLVideoElement, event: "loadedmetadata" | "seeked"): Promise<void> {
  return new Promise((resolve, reject) => {
    video.addEventListener(event, () => resolve(), { once: true });
    video.addEventListener("error", () => reject(new FilmError(video.error?.message)), { once: true });
  });
}
