import { useEffect, useRef } from "preact/hooks";

/** A look's picture. Drawn, never an image element: what those show is encoded, and browsers park that on the disk. */
export function Poster({ picture }: { picture: ImageBitmap }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => canvas.current!.getContext("2d")!.drawImage(picture, 0, 0), [picture]);
  return <canvas ref={canvas} width={picture.width} height={picture.height} aria-hidden="true" />;
}
