import { useEffect, useRef } from "preact/hooks";
import type { Mirror, MirrorEvent } from "../session/session.ts";
import { followLease } from "./pairing.ts";
import type { Server } from "./server.ts";

/** Keeps the phone's lease and the session in step: what one does, the other hears. */
export function useLease(server: Server, mirror: Mirror, send: (event: MirrorEvent) => void): void {
  const id = mirror.kind === "open" || mirror.kind === "locked" ? mirror.session.lease?.id : undefined;
  useEffect(() => {
    if (!id) return undefined;
    return followLease(server, id, (lease) => send({ type: "leased", lease }));
  }, [server, id, send]);
  const isLocked = mirror.kind === "locked";
  useEffect(() => {
    if (isLocked && id) void server.ask("POST", `leases/${id}/lock`, {});
  }, [server, id, isLocked]);
  const extended = mirror.kind === "open" ? mirror.session.extended : 0;
  const told = useRef(0);
  useEffect(() => {
    if (extended > told.current && id) void server.ask("POST", `leases/${id}/extend`, {});
    told.current = extended;
  }, [server, id, extended]);
}
