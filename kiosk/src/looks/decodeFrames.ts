import { BlobSource, CanvasSink, Input, WEBM } from "mediabunny";

/** Height of decoded frames in pixels: sharp enough for half a screen, and 120 of them are 80 MB. */
const FRAME_HEIGHT = 540;

/** Frames of one look, decoded once. `close` gives their memory back. */
export interface Frames {
  /** One for each time asked for, in that order. */
  pictures: ImageBitmap[];
  close: () => void;
}

/** Length of a clip in s, as its frames say: a live recording's file says none. */
export async function durationOf(clip: Blob): Promise<number> {
  const input = new Input({ source: new BlobSource(clip), formats: [WEBM] });
  return (await (await videoOf(input)).computeDuration()) ?? 0;
}

/**
 * Decodes what a clip shows at these times.
 * @param times s, in any order
 * @throws when the clip holds no video that this browser decodes
 */
export async function decodeFrames(clip: Blob, times: number[]): Promise<Frames> {
  const input = new Input({ source: new BlobSource(clip), formats: [WEBM] });
  const sink = new CanvasSink(await videoOf(input), { height: FRAME_HEIGHT, poolSize: 2 });
  const inOrder = times.map((time, at) => ({ time, at })).sort((a, b) => a.time - b.time);
  const pictures: ImageBitmap[] = Array.from({ length: times.length });
  let next = 0;
  let last: ImageBitmap | undefined;
  for await (const wrapped of sink.canvasesAtTimestamps(inOrder.map(({ time }) => time))) {
    // A time before the first frame shows what comes next; one without a frame, what came before.
    const { at } = inOrder[next++]!;
    if (wrapped) last = await createImageBitmap(wrapped.canvas);
    if (last) pictures[at] = last;
  }
  const first = inOrder.find(({ at }) => pictures[at]);
  if (!first) throw new Error("The clip holds no frame.");
  for (const { at } of inOrder) pictures[at] ??= pictures[first.at]!;
  return { pictures, close: () => new Set(pictures).forEach((picture) => picture.close()) };
}

async function videoOf(input: Input) {
  const track = await input.getPrimaryVideoTrack();
  if (!track) throw new Error("The clip holds no video.");
  return track;
}
