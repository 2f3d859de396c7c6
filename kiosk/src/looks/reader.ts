/** Height of the pictures in pixels: sharp enough for half a screen. */
export const PICTURE_HEIGHT = 540;

const QUALITY = 0.85;

/** A film that can be asked for pictures. */
export interface Reader {
  durationS: number;
  /**
   * Reads what the film shows at these times, as small pictures, each encoded: in pixels two looks would take 160 MB.
   * @param times s, in any order
   * @param onPicture hears of each
   */
  picturesAt: (times: readonly number[], onPicture?: () => void) => Promise<Blob[]>;
}

/** The size at which a film's pictures are kept. */
export function sizeFor(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, PICTURE_HEIGHT / height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/** Encodes what a canvas shows. */
export function encodePicture(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (picture) => (picture ? resolve(picture) : reject(new Error("The picture could not be encoded."))),
      "image/jpeg",
      QUALITY,
    ),
  );
}
