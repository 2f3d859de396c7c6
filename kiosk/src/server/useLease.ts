import { useEffect, useRef } from "preact/hooks";
import type { Mirror, MirrorEvent } from "../session/session.ts";
import { followLease } from "./followLease.ts";
import type { Server } from "./server.ts";
import { useSignsOfLife } from "./useSignsOfLife.ts";

/** Between two attempts to tell the server of her word, in ms. */
const RETRY_MS = 1000;

/** Keeps the phone's lease and the session in step: what one does, the other hears. */
export function useLease(server: Server, mirror: Mirror, send: (event: MirrorEvent) => void): void {
  const session = mirror.kind === "open" || mirror.kind === "locked" ? mirror.session : undefined;
  const id = session?.lease?.id;
  const era = session?.era ?? 0;
  const isLocked = mirror.kind === "locked";
  useEffect(
    () =>
      id
        ? followLease(server, { id, era, isLocked }, (lease) => send({ type: "heard", lease, era }))
        : undefined,
    [server, id, era, isLocked, send],
  );
  useSignsOfLife(server, mirror);
  const extended = mirror.kind === "open" ? mirror.session.extended : 0;
  const told = useRef(0);
  useEffect(() => {
    const isNews = extended > told.current;
    told.current = extended;
    if (!isNews || !id) return undefined;
    const over = new AbortController();
    const tell = async () => {
      while (!over.signal.aborted && !(await server.ask("POST", `leases/${id}/extend`, {})))
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    };
    void tell();
    return () => over.abort();
  }, [server, id, extended]);
}
