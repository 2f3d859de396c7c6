import { encodePicture, openReader, sizeFor, type Reader } from "@vitrine/kiosk/looks";
import { openFilm } from "./film.ts";

/** Opens a look for its pictures: frame by frame where this browser can, else by its player. @throws FilmError */
export async function openLookReader(film: Blob): Promise<Reader> {
  // Older browsers have no decoder for pages; whether the film itself is at fault, the player says.
  return openReader(film).catch(() => openPlayerReader(film));
}

/** Opened anew for each reading, so that at most one player is there. */
async function openPlayerReader(blob: Blob): Promise<Reader> {
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
