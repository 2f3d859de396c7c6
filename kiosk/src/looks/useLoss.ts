import { useEffect, useRef } from "preact/hooks";
import type { ClipStore } from "../clips/clipStore.ts";
import type { Mirror, MirrorEvent } from "../session/session.ts";
import { destroyLooks } from "./destroyLooks.ts";

/** Takes looks off the shelf whose clips the browser took away, and says so: a full disk is no reason to show nothing. */
export function useLoss(mirror: Mirror, store: ClipStore, send: (event: MirrorEvent) => void): void {
  const newest = useRef(mirror);
  newest.current = mirror;
  useEffect(
    () =>
      store.onLost(() => {
        const { current } = newest;
        if (current.kind === "open" || current.kind === "locked")
          void destroyLooks(current.session.looks, store);
        send({ type: "lost" });
      }),
    [store, send],
  );
}
