import { useEffect, useRef } from "preact/hooks";
import { destroyClip } from "../clips/clip.ts";
import { useClips } from "../clips/Clips.ts";
import type { Mirror } from "../session/session.ts";
import type { Look } from "./look.ts";

const NONE: readonly Look[] = [];

/** Destroys at once what a shopper takes off her shelf: its room is wanted for the next look. */
export function useDiscards(mirror: Mirror): void {
  const store = useClips();
  const kept = useRef(NONE);
  const looks = mirror.kind === "open" || mirror.kind === "locked" ? mirror.session.looks : NONE;
  const isOver = mirror.kind === "ended";
  useEffect(() => {
    const gone = kept.current.filter(({ id }) => !looks.some((look) => look.id === id));
    kept.current = looks;
    // The end of a session destroys all of it, in an order of its own.
    if (isOver) return;
    for (const { clip, poster } of gone) {
      poster?.close();
      // A storage that cannot remove is emptied at the end; without its key the clip is noise.
      void destroyClip(clip, store).catch(() => {});
    }
  }, [looks, isOver, store]);
}
