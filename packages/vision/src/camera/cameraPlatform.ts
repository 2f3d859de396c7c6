import type { Look } from "./frameHealth.ts";

/** Looks at a stream's pictures. */
export interface Watch {
  /** The picture of now; undefined before the first. */
  look(): Look | undefined;
  end(): void;
}

/** What the supervisor needs of its surroundings. */
export interface CameraPlatform {
  /** Rejects as `getUserMedia` does. */
  open(constraints: MediaStreamConstraints): Promise<MediaStream>;
  watch(stream: MediaStream): Watch;
  /** Calls back when a device came or went; returns the function that ends it. */
  onDevicesChanged(listener: () => void): () => void;
  /** ms, monotonic. */
  now(): number;
  /** Calls back once after `delayMs`; returns the function that takes it back. */
  after(delayMs: number, callback: () => void): () => void;
}

/** Few enough to read in no time; not averaged, so that a sensor's noise is left in them. */
const WIDTH = 64;
const HEIGHT = 36;

/** FNV-1a over the pixels, and their mean brightness. */
function lookAt(pixels: Uint8ClampedArray): Look {
  let print = 0x811c9dc5;
  let sum = 0;
  for (let i = 0; i < pixels.length; i += 4) {
    const [red, green, blue] = [pixels[i]!, pixels[i + 1]!, pixels[i + 2]!];
    print = Math.imul(print ^ ((red << 16) | (green << 8) | blue), 0x01000193);
    sum += red + green + blue;
  }
  return { brightness: sum / ((pixels.length / 4) * 3 * 255), print };
}

function watchPictures(stream: MediaStream): Watch {
  const video = document.createElement("video");
  Object.assign(video, { muted: true, playsInline: true, srcObject: stream });
  // A camera that ends before its first picture; the looks say so.
  video.play().catch(() => {});
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext("2d", { willReadFrequently: true })!;
  context.imageSmoothingEnabled = false;
  return {
    look() {
      if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return undefined;
      context.drawImage(video, 0, 0, WIDTH, HEIGHT);
      return lookAt(context.getImageData(0, 0, WIDTH, HEIGHT).data);
    },
    end() {
      video.srcObject = null;
    },
  };
}

/** The browser's own. */
export const browserCamera: CameraPlatform = {
  open: (constraints) => navigator.mediaDevices.getUserMedia(constraints),
  watch: watchPictures,
  onDevicesChanged(listener) {
    navigator.mediaDevices.addEventListener("devicechange", listener);
    return () => navigator.mediaDevices.removeEventListener("devicechange", listener);
  },
  now: () => performance.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};
