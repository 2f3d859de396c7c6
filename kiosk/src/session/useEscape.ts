import { useEffect } from "preact/hooks";
import { backOf } from "./backOf.ts";
import type { Mirror, MirrorEvent } from "./session.ts";

/** Escape goes back. A dialog has an answer of its own to it. */
export function useEscape(mirror: Mirror, send: (event: MirrorEvent) => void): void {
  const session = mirror.kind === "open" && mirror.warnedUntil === undefined ? mirror.session : undefined;
  useEffect(() => {
    const back = session && backOf(session);
    if (!back) return undefined;
    const over = new AbortController();
    addEventListener("keydown", ({ key }) => key === "Escape" && send(back), { signal: over.signal });
    return () => over.abort();
  }, [session, send]);
}
