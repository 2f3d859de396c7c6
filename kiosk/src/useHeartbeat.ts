import { useEffect, useRef } from "preact/hooks";
import type { RunningSession } from "./session/useSession.ts";
import type { Shell } from "./shell.ts";
import { VERSION } from "./version.ts";

/** Between two beats, in ms. */
const BEAT_MS = 1000;

/**
 * Tells the shell about once a second that the page lives and draws: from the loop of its frames, not from a timer.
 * @param camera its state, or `none` where there is none
 */
export function useHeartbeat(shell: Shell, { mirror, rules }: RunningSession, camera: string): void {
  const newest = useRef({ mirror, camera, rules });
  newest.current = { mirror, camera, rules };
  useEffect(() => {
    let [since, frames] = [performance.now(), 0];
    let handle = requestAnimationFrame(function next(now) {
      handle = requestAnimationFrame(next);
      frames++;
      if (now - since < BEAT_MS) return;
      const fps = Math.round((frames * 10_000) / (now - since)) / 10;
      [since, frames] = [now, 0];
      const { kind } = newest.current.mirror;
      shell.beat({
        session: kind === "open" || kind === "locked" ? kind : "idle",
        camera: newest.current.camera,
        version: VERSION,
        rules: newest.current.rules?.version,
        fps,
      });
    });
    return () => cancelAnimationFrame(handle);
  }, [shell]);
}
