import type { ClipStore } from "../clips/clipStore.ts";
import type { LookToHand } from "../clips/handOff.ts";
import { createSeal, type Bytes, type Seal } from "../clips/seal.ts";
import { openChunks, sealEnd } from "../clips/sealedClip.ts";
import type { Look } from "./look.ts";
import { handedArticle, type LookDetails } from "./lookDetails.ts";
import { toMp4 } from "./toMp4.ts";

/** Of an MP4 that is sealed again, in bytes. */
const SLICE_BYTES = 256 * 1024;

/**
 * A look as it is handed to a phone: as MP4 where this browser can make one, else as it was recorded.
 * @throws SealError, or what the store throws
 */
export async function lookToHand(store: ClipStore, look: Look): Promise<LookToHand<LookDetails>> {
  const { seal, mimeType } = look.clip;
  const details: LookDetails = {
    turn: look.turn,
    ...(look.article && { article: handedArticle(look.article) }),
  };
  const chunks = await store.read(seal.id);
  const recorded = new Blob(await openChunks(seal, chunks), { type: mimeType });
  // A film that cannot be made anew is a film still.
  const mp4 = await toMp4(recorded).catch(() => undefined);
  if (!mp4) return { seal, chunks, mimeType, details };
  const anew = await createSeal();
  return { seal: anew, chunks: await sealSlices(anew, mp4), mimeType: mp4.type, details };
}

async function sealSlices(seal: Seal, film: Blob): Promise<Bytes[]> {
  const chunks: Bytes[] = [];
  for (let at = 0; at < film.size; at += SLICE_BYTES) {
    const slice = await film.slice(at, at + SLICE_BYTES).arrayBuffer();
    chunks.push(await seal.sealChunk({ index: chunks.length, last: false }, slice));
  }
  return [...chunks, await sealEnd(seal, chunks.length)];
}
