import { useEffect } from "preact/hooks";
import type { MirrorEvent } from "./session.ts";

/**
 * Everything that a hand, a key or a switch does to the page is a sign of life. A dialog's buttons give its answer
 * themselves, or the touch would close the dialog under the finger; and keys only move between them.
 */
export function useTouch(send: (event: MirrorEvent) => void): void {
  useEffect(() => {
    const over = new AbortController();
    const isAnswer = ({ type, target }: Event): boolean =>
      type === "keydown"
        ? document.querySelector("dialog[open]") !== null
        : target instanceof Element && target.closest("dialog button") !== null;
    for (const type of ["pointerdown", "keydown", "input"])
      addEventListener(type, (event) => isAnswer(event) || send({ type: "touch" }), {
        capture: true,
        signal: over.signal,
      });
    return () => over.abort();
  }, [send]);
}
