import { BlobSource, Input, MP4, VideoSampleSink, WEBM, type VideoSample } from "mediabunny";
import { encodePicture, sizeFor, type Reader } from "./reader.ts";
import { shrink } from "./shrink.ts";

/**
 * Opens a recorded clip, of which each frame is decoded once.
 * @throws when it holds no video that this browser decodes frame by frame
 */
export async function openReader(clip: Blob): Promise<Reader> {
  const input = new Input({ source: new BlobSource(clip), formats: [WEBM, MP4] });
  const track = await input.getPrimaryVideoTrack();
  if (!track || !(await track.canDecode())) throw new Error("No video that can be decoded here.");
  const sink = new VideoSampleSink(track);
  return {
    // As its frames say: a live recording's file tells none.
    durationS: (await track.computeDuration()) ?? 0,
    picturesAt: (times, onPicture = () => {}) => readPictures(sink, times, onPicture),
  };
}

async function readPictures(
  sink: VideoSampleSink,
  times: readonly number[],
  onPicture: () => void,
): Promise<Blob[]> {
  const inOrder = times.map((time, at) => ({ time, at })).sort((a, b) => a.time - b.time);
  const pictures: Blob[] = Array.from({ length: times.length });
  const pictureOf = createEncoder();
  let next = 0;
  let last: { timestamp: number; picture: Blob } | undefined;
  for await (const sample of sink.samplesAtTimestamps(inOrder.map(({ time }) => time))) {
    // A time before the first frame shows what comes next; one without a frame, what came before.
    const { at } = inOrder[next++]!;
    if (sample && sample.timestamp !== last?.timestamp)
      last = { timestamp: sample.timestamp, picture: await pictureOf(sample) };
    sample?.close();
    if (last) pictures[at] = last.picture;
    onPicture();
  }
  const first = inOrder.find(({ at }) => pictures[at]);
  if (!first) throw new Error("The clip holds no frame.");
  for (const { at } of inOrder) pictures[at] ??= pictures[first.at]!;
  return pictures;
}

/** Makes a small picture of each frame, by the same few buffers. */
function createEncoder(): (sample: VideoSample) => Promise<Blob> {
  const canvas = document.createElement("canvas");
  const brush = canvas.getContext("2d")!;
  let pixels = new Uint8Array(0);
  return async (sample) => {
    const { displayWidth, displayHeight } = sample;
    const { width, height } = sizeFor(displayWidth, displayHeight);
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
    const bytes = rgbaBytes(sample);
    if (bytes === undefined) sample.draw(brush, 0, 0, width, height);
    else {
      if (pixels.length !== bytes) pixels = new Uint8Array(bytes);
      await sample.copyTo(pixels, { format: "RGBA" });
      const picture = brush.createImageData(width, height);
      shrink({ data: pixels, width: displayWidth, height: displayHeight }, picture);
      brush.putImageData(picture, 0, 0);
    }
    return encodePicture(canvas);
  };
}

/**
 * Bytes of a frame as pixels, where this browser hands them out. Drawing a frame instead makes a browser that draws
 * without a graphics card keep all of it, in full size, for as long as it lives: 4 MB each.
 */
function rgbaBytes(sample: VideoSample): number | undefined {
  const { displayWidth, displayHeight, rotation } = sample;
  if (rotation !== 0 || sample.format === null) return undefined;
  // A browser that knows no such option answers with the size of the frame's own format.
  const bytes = sample.allocationSize({ format: "RGBA" });
  return bytes === 4 * displayWidth * displayHeight ? bytes : undefined;
}
