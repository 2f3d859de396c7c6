import { useEffect } from "preact/hooks";
import { useClips } from "../clips/Clips.ts";
import type { ClipStore } from "../clips/clipStore.ts";
import type { Server } from "../server/server.ts";
import type { Shell } from "../shell.ts";
import type { Mirror, MirrorEvent, Session, Timing } from "./session.ts";

/**
 * Destroys a session that ended: at once what this page holds (keys first: without them the clips are noise), then all
 * that the shopper's partition stored. The page that comes after knows nothing of her.
 */
export function useEnding(
  shell: Shell,
  server: Server,
  mirror: Mirror,
  timing: Timing,
  send: (event: MirrorEvent) => void,
): void {
  const store = useClips();
  const session = mirror.kind === "ended" ? mirror.session : undefined;
  useEffect(() => {
    if (!session) return;
    const isDestroyed = destroy(session, server, store);
    const goodbye = new Promise((resolve) => setTimeout(resolve, timing.goodbyeMs));
    void Promise.all([isDestroyed, goodbye])
      .then(() => shell.wipe())
      .finally(() => send({ type: "destroyed" }));
  }, [session, shell, server, store, timing, send]);
}

async function destroy({ looks, lease }: Session, server: Server, store: ClipStore): Promise<void> {
  for (const { clip, poster } of looks) {
    clip.seal.destroy();
    if (poster) URL.revokeObjectURL(poster);
  }
  if (lease) void server.ask("POST", `leases/${lease.id}/end`, {});
  await store.removeAll().catch(() => {}); // without their keys they are noise, and the next page removes them
}
