import type { TryOnEvent } from "@vitrine/core";
import { createContext } from "preact";
import { useCallback, useContext, useEffect, useRef } from "preact/hooks";
import type { Mirror, Session } from "../session/session.ts";
import type { Shell } from "../shell.ts";
import { tryOnsOf } from "./tryOnsOf.ts";

/** Tells the shop what happened in the session of the moment. */
export type TrackTryOn = (event: TryOnEvent) => void;

/** For screens whose doings the session does not know. */
export const Track = createContext<TrackTryOn>(() => {});

/** How a screen tells of what it did. */
export const useTrack = (): TrackTryOn => useContext(Track);

/** Tells of everything that the session shows, and gives screens a way to tell the rest. This page keeps none of it. */
export function useTryOnEvents(shell: Shell, mirror: Mirror): TrackTryOn {
  const seen = useRef<Mirror>({ kind: "idle" });
  const tell = useCallback(
    ({ id, lease }: Session, event: TryOnEvent) => {
      const { attribution } = lease ?? {};
      // One that cannot be kept is the shell's to report; no shopper waits for it.
      void shell
        .track({ event, session: id, ...(attribution !== undefined && { attribution }) })
        .catch(() => {});
    },
    [shell],
  );
  useEffect(() => {
    for (const { session, event } of tryOnsOf(seen.current, mirror)) tell(session, event);
    seen.current = mirror;
  }, [mirror, tell]);
  return useCallback<TrackTryOn>(
    (event) => {
      const { current } = seen;
      if (current.kind === "open") tell(current.session, event);
    },
    [tell],
  );
}
