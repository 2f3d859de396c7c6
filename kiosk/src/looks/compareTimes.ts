import type { TurnMatch } from "@vitrine/vision";

/** Steps of a comparison, and so the frames of a look that are decoded for it. */
export const MAX_FRAMES = 120;

/** Steps of a comparison: what each look shows at each, in s of its clip. `angles`: degrees, where it goes by angle. */
export interface Steps {
  times: [number[], number[]];
  angles?: number[];
}

/** Steps at equal angles, over the part that both turns cover. */
export function stepsByAngle(match: TurnMatch): Steps {
  const angles = spread(match.from, match.to);
  const timesOf = (which: 0 | 1) => angles.map((angle) => match.timeAt(which, angle) / 1000);
  return { times: [timesOf(0), timesOf(1)], angles };
}

/** Steps at equal parts of each clip. */
export function stepsByTime(durations: [first: number, second: number]): Steps {
  // The last moment of a clip need not have a frame of its own.
  const [first, second] = durations.map((duration) => spread(0, Math.max(0, duration - 0.05)));
  return { times: [first!, second!] };
}

function spread(from: number, to: number): number[] {
  return Array.from({ length: MAX_FRAMES }, (_, at) => from + ((to - from) * at) / (MAX_FRAMES - 1));
}
