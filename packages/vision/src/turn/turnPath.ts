import { FULL, radians } from "./angle.ts";
import type { Facing } from "./facing.ts";

/** What is known about a turn before it is seen; figures of the lite model on rendered and filmed people. */
const BIN = 3;
/** Nobody turns round more than twice in one recording. */
const BINS = (4 * FULL) / BIN + 1;
const MIDDLE = (BINS - 1) / 2;
/** Error of a facing vector, whose length is about 1. */
const SPREAD = 0.15;
/** How often front and back are taken for each other: nearly as often as not, since it happens many frames in a row. */
const FLIPPED = 0.4;
/** Keeps a frame that fits nothing from deciding alone. */
const ANYTHING = 0.02;
/** Degrees per square root of a second that a body may wander, and degrees per second that it never exceeds. */
const WANDER = 90;
const FASTEST = 300;
/** The model errs alike in frames so near to each other (s): more frames a second know no more. */
const ALIKE = 0.1;
/** A recording begins with the face to the camera. */
const START = 15;

/** The likeliest course of a turn. */
export interface TurnPath {
  /** Unwrapped degrees per frame, on a coarse grid. */
  yaws: number[];
  /** How much less likely (difference of log likelihoods) the best course is that ends 150° or more elsewhere. */
  margin: number;
}

/** -log of how likely each direction is, by one frame: as seen, or with front and back confused. */
function costs({ across, back }: Facing, weight: number): Float64Array {
  const cost = new Float64Array(FULL / BIN);
  for (let i = 0; i < cost.length; i++) {
    const [cos, sin] = DIRECTIONS[i]!;
    const seen = fit(across - cos, back - sin);
    const flipped = fit(across + cos, back + sin);
    cost[i] = -weight * Math.log((1 - FLIPPED) * seen + FLIPPED * flipped + ANYTHING);
  }
  return cost;
}

const fit = (x: number, y: number): number => Math.exp(-(x * x + y * y) / (2 * SPREAD * SPREAD));

const DIRECTIONS = Array.from({ length: FULL / BIN }, (_, i) => {
  const angle = radians(i * BIN);
  return [Math.cos(angle), Math.sin(angle)] as const;
});

const yawOf = (bin: number): number => (bin - MIDDLE) * BIN;

/** The bin of a direction, whatever the number of whole turns. */
const directionOf = (bin: number): number =>
  (((yawOf(bin) / BIN) % DIRECTIONS.length) + DIRECTIONS.length) % DIRECTIONS.length;

/**
 * Finds the likeliest course through all frames at once (Viterbi): single frames lie about front and back, but nobody jumps.
 * @param at ms of each frame, rising.
 */
export function turnPath(at: readonly number[], facings: readonly Facing[]): TurnPath {
  const first = costs(facings[0]!, 1);
  let total = Float64Array.from(
    { length: BINS },
    (_, bin) => first[directionOf(bin)]! + 0.5 * (yawOf(bin) / START) ** 2,
  );
  const steps: Int16Array[] = [];
  for (let frame = 1; frame < facings.length; frame++) {
    const seconds = (at[frame]! - at[frame - 1]!) / 1000;
    const [next, step] = advance(total, seconds);
    const cost = costs(facings[frame]!, Math.min(1, seconds / ALIKE));
    for (let bin = 0; bin < BINS; bin++) next[bin]! += cost[directionOf(bin)]!;
    total = next;
    steps.push(step);
  }
  return trace(total, steps);
}

/** The cheapest way to each bin from the frame before, and the step it took. */
function advance(total: Float64Array, seconds: number): [Float64Array<ArrayBuffer>, Int16Array] {
  const next = new Float64Array(BINS).fill(Infinity);
  const step = new Int16Array(BINS);
  const reach = Math.min(BINS - 1, Math.ceil((FASTEST * seconds) / BIN));
  for (let move = -reach; move <= reach; move++) {
    const price = (move * BIN) ** 2 / (WANDER * WANDER * Math.max(seconds, 1e-3));
    for (let bin = Math.max(0, move); bin < Math.min(BINS, BINS + move); bin++) {
      const cost = total[bin - move]! + price;
      if (cost < next[bin]!) [next[bin], step[bin]] = [cost, move];
    }
  }
  return [next, step];
}

function trace(total: Float64Array, steps: readonly Int16Array[]): TurnPath {
  const last = total.indexOf(Math.min(...total));
  const elsewhere = total.filter((_, bin) => Math.abs(yawOf(bin) - yawOf(last)) >= 150);
  let bin = last;
  const yaws = [yawOf(bin)];
  for (const step of [...steps].reverse()) yaws.push(yawOf((bin -= step[bin]!)));
  return { yaws: yaws.reverse(), margin: Math.min(...elsewhere) - total[last]! };
}
