import type { ClipStore } from "./clipStore.ts";
import type { Clip } from "./recordClip.ts";
import { openChunks } from "./sealedClip.ts";

/**
 * Opens a clip to be played.
 * @throws SealError when it was changed, or destroyed
 */
export async function openClip({ seal, mimeType }: Clip, store: ClipStore): Promise<Blob> {
  return new Blob(await openChunks(seal, await store.read(seal.id)), { type: mimeType });
}

/** Destroys a clip: its key first, so that it is gone even where the storage fails to remove what it has. */
export async function destroyClip({ seal }: Clip, store: ClipStore): Promise<void> {
  seal.destroy();
  await store.remove(seal.id);
}
