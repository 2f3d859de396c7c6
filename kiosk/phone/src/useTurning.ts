import { useEffect, useState } from "preact/hooks";

/** The one position of the compared looks, which a finger sets or time moves on. */
export interface Turning {
  /** 0..1. */
  position: number;
  isTurning: boolean;
  turnTo: (position: number) => void;
  toggle: () => void;
}

/** @param durationS of one whole way, after which it begins again */
export function useTurning(durationS: number): Turning {
  const [position, setPosition] = useState(0);
  const [isTurning, setTurning] = useState(false);
  useEffect(() => {
    if (!isTurning) return undefined;
    let before = performance.now();
    const step = (now: number) => {
      const passed = (now - before) / 1000 / durationS;
      before = now;
      setPosition((old) => (old + passed) % 1);
      frame = requestAnimationFrame(step);
    };
    let frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
  }, [isTurning, durationS]);
  return {
    position,
    isTurning,
    turnTo: (next) => {
      setTurning(false);
      setPosition(next);
    },
    toggle: () => setTurning((is) => !is),
  };
}
