import { useEffect, useRef } from "preact/hooks";
import type { Mirror, SharedEvent } from "../session/session.ts";
import { createWedge } from "./createWedge.ts";
import { readScan } from "./readScan.ts";

/**
 * Listens to a hand-held scanner, whatever is on the screen. Its Enter never presses the button that has the focus.
 * A scan is a shopper's own act: it begins a session, and opens what waits for nobody else.
 */
export function useWedge(mirror: Mirror, begin: () => void, send: (event: SharedEvent) => void): void {
  const newest = useRef({ mirror, begin });
  newest.current = { mirror, begin };
  useEffect(() => {
    const over = new AbortController();
    const wedge = createWedge();
    const listen = (event: KeyboardEvent) => {
      if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
      const answer = wedge(event);
      if (answer.kind === "key") return;
      event.preventDefault();
      event.stopPropagation();
      if (answer.kind !== "scan") return;
      const { kind } = newest.current.mirror;
      // Looks that wait for their owner's phone are not thrown away by a scanner that somebody lays down.
      if (kind === "locked" || kind === "ended") return;
      if (kind !== "open") newest.current.begin();
      send({ type: "scanned", scan: readScan(answer.text) });
    };
    addEventListener("keydown", listen, { capture: true, signal: over.signal });
    return () => over.abort();
  }, [send]);
}
