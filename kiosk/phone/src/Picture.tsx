import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** Draws a picture; while one is being decoded only the newest waits, so that a quick finger never queues. */
export function Picture({ picture }: { picture: Blob }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const wanted = useRef<Blob>(undefined);
  const isDrawing = useRef(false);
  useEffect(() => {
    wanted.current = picture;
    if (isDrawing.current) return;
    isDrawing.current = true;
    void drawNewest(canvas.current!, wanted).finally(() => {
      isDrawing.current = false;
    });
  }, [picture]);
  return <canvas ref={canvas} />;
}

async function drawNewest(canvas: HTMLCanvasElement, wanted: { current: Blob | undefined }): Promise<void> {
  let drawn: Blob | undefined;
  while (wanted.current !== undefined && wanted.current !== drawn) {
    drawn = wanted.current;
    const bitmap = await createImageBitmap(drawn);
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
    canvas.getContext("2d")!.drawImage(bitmap, 0, 0);
    bitmap.close();
  }
}
