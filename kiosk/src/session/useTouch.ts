import { useEffect } from "preact/hooks";
import type { MirrorEvent } from "./session.ts";

/** Everything that a hand, a key or a switch does to the page is a sign of life. */
export function useTouch(send: (event: MirrorEvent) => void): void {
  useEffect(() => {
    const over = new AbortController();
    for (const type of ["pointerdown", "keydown", "input"])
      addEventListener(type, () => send({ type: "touch" }), { capture: true, signal: over.signal });
    return () => over.abort();
  }, [send]);
}
