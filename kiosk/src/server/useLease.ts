import { useEffect, useRef } from "preact/hooks";
import type { Mirror, MirrorEvent } from "../session/session.ts";
import { followLease } from "./pairing.ts";
import { bodyOf, type Server } from "./server.ts";
import { useSignsOfLife } from "./useSignsOfLife.ts";

/** Between two attempts to tell the server of a lock, or of her word, in ms. */
const RETRY_MS = 1000;

/** Keeps the phone's lease and the session in step: what one does, the other hears. */
export function useLease(server: Server, mirror: Mirror, send: (event: MirrorEvent) => void): void {
  const id = mirror.kind === "open" || mirror.kind === "locked" ? mirror.session.lease?.id : undefined;
  const isLocked = mirror.kind === "locked";
  useEffect(() => {
    if (!id) return undefined;
    const over = new AbortController();
    let stop = () => {};
    const follow = async () => {
      // Only a word that the server gives after it knows of the lock may open it again.
      if (isLocked)
        while (!over.signal.aborted && !bodyOf(await server.ask("POST", `leases/${id}/lock`, {})))
          await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      if (!over.signal.aborted) stop = followLease(server, id, (lease) => send({ type: "leased", lease }));
    };
    void follow();
    return () => {
      over.abort();
      stop();
    };
  }, [server, id, isLocked, send]);
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
