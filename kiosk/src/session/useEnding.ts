import { useEffect } from "preact/hooks";
import type { Server } from "../server/server.ts";
import type { Shell } from "../shell.ts";
import type { Mirror, MirrorEvent, Session, Timing } from "./session.ts";

/**
 * Destroys a session that ended: at once what this page holds, then all that the shopper's partition stored. The page
 * that comes after knows nothing of her.
 * @param destroy never rejects
 */
export function useEnding(
  shell: Shell,
  server: Server,
  mirror: Mirror,
  timing: Timing,
  send: (event: MirrorEvent) => void,
  destroy: (session: Session) => Promise<void>,
): void {
  const session = mirror.kind === "ended" ? mirror.session : undefined;
  useEffect(() => {
    if (!session) return;
    if (session.lease) void server.ask("POST", `leases/${session.lease.id}/end`, {});
    // Not waited for: a storage that never answers must not keep the partition, which goes with all that is in it.
    void destroy(session);
    const goodbye = new Promise((resolve) => setTimeout(resolve, timing.goodbyeMs));
    void goodbye.then(() => shell.wipe()).finally(() => send({ type: "destroyed" }));
  }, [session, shell, server, timing, send, destroy]);
}
