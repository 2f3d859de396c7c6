/** Where the one scrubber stands in each of two films, in seconds. `position`: 0..1 of what both can show. */
export type TimeAt = (which: 0 | 1, position: number) => number;

/** In step by time: both from their beginning to their end. */
export function byTime(durationsS: readonly [number, number]): TimeAt {
  return (which, position) => durationsS[which] * position;
}
