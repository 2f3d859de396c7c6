import { useEffect, useRef } from "preact/hooks";
import type { Mirror } from "../session/session.ts";
import { bodyOf, type Server } from "./server.ts";

/** At most so often is the server told that she is active: a lease ends ten minutes after the last it heard, in ms. */
const TELL_MS = 60_000;

/** Keeps the lease of an active shopper open: what she does at the glass, the server hears of once a minute. */
export function useSignsOfLife(server: Server, mirror: Mirror): void {
  const session = mirror.kind === "open" ? mirror.session : undefined;
  const id = session?.lease?.id;
  const touchedAt = session?.touchedAt ?? 0;
  const toldAt = useRef(-Infinity);
  useEffect(() => {
    const tell = async () => {
      toldAt.current = touchedAt;
      const answer = await server.ask("POST", `leases/${id}/touch`, {});
      // The next touch tries again.
      if (!bodyOf(answer)) toldAt.current = -Infinity;
    };
    if (id && touchedAt - toldAt.current >= TELL_MS) void tell();
  }, [server, id, touchedAt]);
}
