import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

/** Two pictures that belong together. */
export interface PicturePair {
  step: number;
  pictures: readonly [Blob, Blob];
}

/** Takes hold of a canvas once it is there. */
export type CanvasRef = RefObject<HTMLCanvasElement | null>;

/** Two canvases, and the step that both show. */
export interface Painted {
  canvases: readonly [CanvasRef, CanvasRef];
  step: number | undefined;
}

/**
 * Draws both pictures of a step in one go, so that neither side is ever ahead. While some are being decoded only the newest
 * step waits: a quick finger never queues.
 */
export function usePainted(pair: PicturePair | undefined): Painted {
  const canvases = [useRef<HTMLCanvasElement>(null), useRef<HTMLCanvasElement>(null)] as const;
  const [step, setStep] = useState<number>();
  const wanted = useRef<PicturePair>(undefined);
  const isPainting = useRef(false);
  const [left, right] = pair?.pictures ?? [];
  useEffect(() => {
    wanted.current = pair;
    if (!pair || isPainting.current) return;
    const paintNewest = async () => {
      isPainting.current = true;
      try {
        for (
          let done: PicturePair | undefined;
          wanted.current && wanted.current !== done;
          setStep(done.step)
        ) {
          done = wanted.current;
          const bitmaps = await Promise.all(done.pictures.map((picture) => createImageBitmap(picture)));
          bitmaps.forEach((bitmap, which) => paint(canvases[which]!.current, bitmap));
        }
      } finally {
        // Important! In the same turn as the loop's last look: a step that came in between would never be painted.
        isPainting.current = false;
      }
    };
    void paintNewest();
  }, [pair?.step, left, right]);
  return { canvases, step };
}

function paint(canvas: HTMLCanvasElement | null, bitmap: ImageBitmap): void {
  if (canvas) {
    const { width, height } = bitmap;
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
    canvas.getContext("2d")!.drawImage(bitmap, 0, 0);
  }
  bitmap.close();
}
