import {
  BlobSource,
  BufferTarget,
  canEncodeVideo,
  Input,
  Mp4OutputFormat,
  Output,
  QUALITY_HIGH,
  VideoSampleSink,
  VideoSampleSource,
  WEBM,
} from "mediabunny";

/** Seconds between key frames: a phone's compare page asks for frames out of order, and decodes from the one before. */
const KEY_FRAME_S = 1;

/**
 * Profiles of H.264, the better one first: High, and Constrained Baseline, which is all that the encoder makes which many
 * browsers bring along (OpenH264). Level 4 is enough for what a mirror's camera gives.
 */
const PROFILES = ["avc1.640028", "avc1.42e028"];

/**
 * The film as H.264 in MP4, which every phone plays and keeps among its photos (iPhones keep no WebM).
 * @returns undefined where this browser has no encoder for it
 * @throws when the film cannot be read
 */
export async function toMp4(film: Blob): Promise<Blob | undefined> {
  const input = new Input({ source: new BlobSource(film), formats: [WEBM] });
  const track = await input.getPrimaryVideoTrack();
  if (!track) throw new Error("The film shows nothing.");
  const size = { width: await track.getDisplayWidth(), height: await track.getDisplayHeight() };
  const fullCodecString = await findProfile(size);
  if (!fullCodecString) return undefined;
  const target = new BufferTarget();
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: "in-memory" }), target });
  const encoder = new VideoSampleSource({
    codec: "avc",
    fullCodecString,
    quality: QUALITY_HIGH,
    keyFrameInterval: KEY_FRAME_S,
  });
  output.addVideoTrack(encoder);
  await output.start();
  for await (const sample of new VideoSampleSink(track).samples()) {
    await encoder.add(sample);
    sample.close();
  }
  await output.finalize();
  return new Blob([target.buffer!], { type: "video/mp4" });
}

async function findProfile(size: { width: number; height: number }): Promise<string | undefined> {
  for (const fullCodecString of PROFILES)
    if (await canEncodeVideo("avc", { ...size, fullCodecString })) return fullCodecString;
  return undefined;
}
