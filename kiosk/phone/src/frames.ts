import { openFilm } from "./film.ts";

/** Frames of a film, evenly apart, kept as small pictures: a film in pixels would not fit into a phone's memory. */
export interface Frames {
  durationS: number;
  pictures: Blob[];
}

/** Pixels across; two films side by side on a phone show no more. */
const MAX_WIDTH = 540;
const QUALITY = 0.82;

/** Frames of one film: an eighth of a second apart in a turn of eight seconds. */
export const FRAME_COUNT = 60;

/**
 * Decodes a film once, one frame after another.
 * @param onFrame hears how many are done
 * @throws FilmError
 */
export async function readFrames(
  blob: Blob,
  count: number,
  onFrame: (done: number) => void,
): Promise<Frames> {
  const film = await openFilm(blob);
  try {
    const canvas = document.createElement("canvas");
    const pictures: Blob[] = [];
    for (let i = 0; i < count; i++) {
      const video = await film.at(((i + 0.5) / count) * film.durationS);
      pictures.push(await pictureOf(video, canvas));
      onFrame(i + 1);
    }
    return { durationS: film.durationS, pictures };
  } finally {
    film.close();
  }
}

/** The picture shown at a time. */
export function pictureAt({ durationS, pictures }: Frames, timeS: number): Blob {
  const i = Math.floor((timeS / durationS) * pictures.length);
  return pictures[Math.max(0, Math.min(pictures.length - 1, i))]!;
}

function pictureOf(video: HTMLVideoElement, canvas: HTMLCanvasElement): Promise<Blob> {
  const scale = Math.min(1, MAX_WIDTH / video.videoWidth);
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  canvas.getContext("2d")!.drawImage(video, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (picture) => (picture ? resolve(picture) : reject(new Error("no picture"))),
      "image/jpeg",
      QUALITY,
    ),
  );
}
