import {
  BlobSource,
  BufferTarget,
  canEncodeVideo,
  Conversion,
  Input,
  Mp4OutputFormat,
  Output,
  QUALITY_HIGH,
  WEBM,
} from "mediabunny";

/** Seconds between key frames: a phone's compare page asks for frames out of order, and decodes from the one before. */
const KEY_FRAME_S = 1;

/**
 * The film as H.264 in MP4, which every phone plays and keeps among its photos (iPhones keep no WebM).
 * @returns undefined where this browser has no encoder for it
 * @throws when the film cannot be read
 */
export async function toMp4(film: Blob): Promise<Blob | undefined> {
  if (!(await canEncodeVideo("avc", { width: 1280, height: 720 }))) return undefined;
  const target = new BufferTarget();
  const conversion = await Conversion.init({
    input: new Input({ source: new BlobSource(film), formats: [WEBM] }),
    output: new Output({ format: new Mp4OutputFormat({ fastStart: "in-memory" }), target }),
    video: { codec: "avc", quality: QUALITY_HIGH, keyFrameInterval: KEY_FRAME_S },
    showWarnings: false,
  });
  if (!conversion.isValid) return undefined;
  await conversion.execute();
  return new Blob([target.buffer!], { type: "video/mp4" });
}
