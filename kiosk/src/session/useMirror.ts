import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Mirror, MirrorEvent, Timing } from "./session.ts";
import { step } from "./step.ts";

/** How often time is looked at, in ms: seconds are counted down on the screen. */
const TICK_MS = 100;

/** The mirror's state over time. `now`: ms of the monotonic clock, at the last tick. */
export interface Running {
  mirror: Mirror;
  now: number;
  send: (event: MirrorEvent) => void;
}

/** Runs the session machine: events in, states out, time by itself. */
export function useMirror(timing: Timing): Running {
  const [mirror, setMirror] = useState<Mirror>({ kind: "idle" });
  const [now, setNow] = useState(() => performance.now());
  // Events of one turn of the loop are applied one after the other, each on what the last one made.
  const newest = useRef(mirror);
  const send = useCallback(
    (event: MirrorEvent) => {
      newest.current = step(newest.current, event, performance.now(), timing);
      setMirror(newest.current);
    },
    [timing],
  );
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(performance.now());
      send({ type: "tick" });
    }, TICK_MS);
    return () => clearInterval(timer);
  }, [send]);
  return { mirror, now, send };
}
