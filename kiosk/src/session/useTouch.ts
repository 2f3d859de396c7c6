import { useEffect } from "preact/hooks";
import type { MirrorEvent } from "./session.ts";

/**
 * Everything that a hand, a key or a switch does to the page is a sign of life. Except on a button of a question: its
 * answer comes as it is pressed, and a finger that is only going down must not take the question away from under it.
 */
export function useTouch(send: (event: MirrorEvent) => void): void {
  useEffect(() => {
    const over = new AbortController();
    for (const type of ["pointerdown", "keydown", "input"])
      addEventListener(type, ({ target }) => isAnswer(target) || send({ type: "touch" }), {
        capture: true,
        signal: over.signal,
      });
    return () => over.abort();
  }, [send]);
}

const isAnswer = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest("dialog button") !== null;
