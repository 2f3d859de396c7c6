import { matchTurns, type Turn } from "@vitrine/vision";

/** Where the one scrubber stands in each of two films, in seconds. `position`: 0..1 of what both can show. */
export type TimeAt = (which: 0 | 1, position: number) => number;

/** How two films are kept in step; `unclear`: by time, since a turn was too poor to be matched. */
export interface Step {
  by: "angle" | "time" | "unclear";
  timeAt: TimeAt;
}

type Both<T> = readonly [T, T];

/** In step by time: both from their beginning to their end. */
export function byTime(durationsS: Both<number>): TimeAt {
  return (which, position) => durationsS[which] * position;
}

/** In step by the angle of the body where both turns are known and clear, else by time. `at` of samples: ms of the film. */
export function inStep([a, b]: Both<Turn | undefined>, durationsS: Both<number>): Step {
  if (!a || !b) return { by: "time", timeAt: byTime(durationsS) };
  const match = matchTurns(a, b);
  const { quality, from, to } = match;
  if (quality === "poor") return { by: "unclear", timeAt: byTime(durationsS) };
  // From the face on, whichever way she turned.
  const [start, end] = Math.abs(from) <= Math.abs(to) ? [from, to] : [to, from];
  return {
    by: "angle",
    timeAt: (which, position) => {
      const timeS = match.timeAt(which, start + (end - start) * position) / 1000;
      return Math.max(0, Math.min(durationsS[which], timeS));
    },
  };
}
