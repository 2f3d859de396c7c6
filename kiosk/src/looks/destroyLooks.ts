import type { ClipStore } from "../clips/clipStore.ts";
import type { Look } from "./look.ts";

/** Destroys looks: their keys first, since without them the clips are noise. Never rejects. */
export async function destroyLooks(looks: readonly Look[], store: ClipStore): Promise<void> {
  for (const { clip, poster } of looks) {
    clip.seal.destroy();
    poster?.close();
  }
  await store.removeAll().catch(() => {}); // without their keys they are noise, and the next page removes them
}
