import { encodePicture, sizeFor, type Reader } from "@vitrine/kiosk/looks";
import { openFilm } from "./film.ts";

/**
 * Opens a look for many pictures: frame by frame where this browser can, else by its player. What reads frames is four fifths of
 * the page's code, and comes when it is asked for.
 * @throws FilmError
 */
export async function openLookReader(film: Blob): Promise<Reader> {
  try {
    const { openReader } = await import("@vitrine/kiosk/looks/openReader");
    return await openReader(film);
  } catch {
    // Older browsers have no decoder for pages, or the network broke; whether the film itself is at fault, the player says.
    return openPlayerReader(film);
  }
}

/** Opens a look for a picture or two, by the browser's player, which is there anyway. Opened anew for each reading: at most one is there. @throws FilmError */
export async function openPlayerReader(blob: Blob): Promise<Reader> {
  const opened = await openFilm(blob);
  opened.close();
  return {
    durationS: opened.durationS,
    picturesAt: async (times, onPicture = () => {}) => {
      const film = await openFilm(blob);
      try {
        const canvas = document.createElement("canvas");
        const pictures: Blob[] = [];
        for (const time of times) {
          pictures.push(await pictureOf(await film.at(time), canvas));
          onPicture();
        }
        return pictures;
      } finally {
        film.close();
      }
    },
  };
}

function pictureOf(video: HTMLVideoElement, canvas: HTMLCanvasElement): Promise<Blob> {
  const { width, height } = sizeFor(video.videoWidth, video.videoHeight);
  if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
  canvas.getContext("2d")!.drawImage(video, 0, 0, width, height);
  return encodePicture(canvas);
}
