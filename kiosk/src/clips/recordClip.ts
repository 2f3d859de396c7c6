import type { ClipStore } from "./clipStore.ts";
import { createSeal, type Seal } from "./seal.ts";
import { sealEnd } from "./sealedClip.ts";

/** A recorded clip: its chunks lie sealed in the store, the key is here. */
export interface Clip {
  seal: Seal;
  mimeType: string;
}

/**
 * Why there is no clip: `disk_full`; `storage`, which cannot be written (read-only, broken); `recorder`: no picture came
 * or it could not be encoded; `cancelled`. `message` is for the log; what was stored of the clip is being removed.
 */
export type RecordingEnd =
  | { kind: "clip"; clip: Clip }
  | { kind: "failed"; reason: "disk_full" | "storage" | "recorder" | "cancelled"; message: string };

/** A clip that is being recorded. */
export interface Recording {
  /** Settles when it ended: after `stop`, when the camera went, or when it could not go on. Never rejects. */
  readonly ended: Promise<RecordingEnd>;
  /** Ends it, and gives what {@link Recording.ended} gives. */
  stop: () => Promise<RecordingEnd>;
  /** Ends it and keeps nothing. */
  cancel: () => Promise<RecordingEnd>;
  /** Leaves out what happens from here to `resume`: another person stepped in. */
  pause: () => void;
  resume: () => void;
}

/** The slice that a crash can lose; VP9 is the codec that kept up beside the pose worker at 720p. */
const SLICE_MS = 250;
const MIME_TYPE = "video/webm;codecs=vp9";
const VIDEO_BITS_PER_SECOND = 2_500_000;

type Failure = RecordingEnd & { kind: "failed" };

/** Starts to record; each slice is sealed as it comes, and only then stored. */
export async function recordClip(stream: MediaStream, store: ClipStore): Promise<Recording> {
  const seal = await createSeal();
  const recorder = new MediaRecorder(stream, {
    mimeType: MIME_TYPE,
    videoBitsPerSecond: VIDEO_BITS_PER_SECOND,
  });
  let failure: Failure | undefined;
  const fail = (reason: Failure["reason"], message: string) => {
    failure ??= { kind: "failed", reason, message };
    if (recorder.state !== "inactive") recorder.stop();
  };

  let index = 0;
  /** One after another: chunks must be sealed and stored in order. */
  let writing = Promise.resolve();
  const write = (step: () => Promise<void>) => {
    writing = attempt(writing, step);
  };
  const attempt = async (earlier: Promise<void>, step: () => Promise<void>) => {
    await earlier;
    if (!failure) await step().catch((error: unknown) => fail(reasonOf(error), String(error)));
  };
  recorder.addEventListener("dataavailable", ({ data }) => {
    if (data.size > 0) write(async () => append(await data.arrayBuffer()));
  });
  const append = async (slice: ArrayBuffer) => {
    const place = { index: index++, last: false };
    await store.append(seal.id, place.index, await seal.sealChunk(place, slice));
  };
  recorder.addEventListener("error", () => fail("recorder", "The picture could not be encoded."));
  // What comes after would be stored again, and make a clip without its beginning. In its turn: a write that failed before
  // it knows why.
  const stopListening = store.onLost(() => write(async () => fail("storage", "The storage was taken away.")));

  const finish = async (): Promise<RecordingEnd> => {
    write(async () => {
      if (index === 0) return fail("recorder", "The camera gave no picture.");
      await store.append(seal.id, index, await sealEnd(seal, index));
    });
    await writing;
    stopListening();
    if (!failure) return { kind: "clip", clip: { seal, mimeType: MIME_TYPE } };
    seal.destroy();
    // Not waited for, since a broken disk takes seconds to say no. A storage that cannot even remove is emptied at the next
    // start; without the key it holds noise.
    void store.remove(seal.id).catch(() => {});
    return failure;
  };
  const ended = new Promise<RecordingEnd>((resolve) =>
    recorder.addEventListener("stop", () => resolve(finish())),
  );
  recorder.start(SLICE_MS);
  return {
    ended,
    stop: () => {
      if (recorder.state !== "inactive") recorder.stop();
      return ended;
    },
    cancel: () => {
      fail("cancelled", "The recording was cancelled.");
      return ended;
    },
    pause: () => recorder.pause(),
    resume: () => recorder.resume(),
  };
}

/** A browser's own bound is a quota error; of a disk that is full only the texts of other errors tell. */
function reasonOf(error: unknown): Failure["reason"] {
  if (!(error instanceof DOMException)) return "storage";
  const isFull = error.name === "QuotaExceededError" || /NO_SPACE|Failed to write blobs/.test(error.message);
  return isFull ? "disk_full" : "storage";
}
