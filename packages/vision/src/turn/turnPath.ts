import { FULL, radians } from "./angle.ts";
import type { TurnFacing } from "./facing.ts";

/** What is known about a turn before it is seen; figures of the lite model on rendered and filmed people. */
const BIN = 3;
/** Nobody turns round more than twice in one recording. */
const BINS = (4 * FULL) / BIN + 1;
const MIDDLE = (BINS - 1) / 2;
/** Error of a facing vector, whose length is about 1. */
const SPREAD = 0.15;
/**
 * How often front and back are taken for each other, which happens many frames in a row: in dark clothes for most of the time
 * she shows her back. Which side a body shows is in its outline, so that mostly survives; else left and right change as well.
 */
const FLIPPED = 0.15;
const TURNED = 0.12;
/** How much less surely, as a power of ten, the model sees a face from the side or from behind, and how far that scatters. */
const FACE_HIDDEN = 0.7;
const FACE_SPREAD = 0.35;
/** A face that is hidden by a hand or a hat cannot outweigh the body: square spreads. */
const FACE_SAYS = 9;
/** Keeps a frame that fits nothing from deciding alone. */
const ANYTHING = 0.02;
/** Degrees per square root of a second that a body may wander, and degrees per second that it never exceeds. */
const WANDER = 90;
const FASTEST = 300;
/** Of log likelihood: a body that turns goes on, and one that seems to turn back at its side shows a back taken for a front. */
const TURN_BACK = 3;
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
function costs({ across, back, face, faceSays }: TurnFacing, weight: number): Float64Array {
  const cost = new Float64Array(FULL / BIN);
  for (let i = 0; i < cost.length; i++) {
    const [cos, sin] = DIRECTIONS[i]!;
    const seen = fit(across - cos, back - sin);
    const flipped = fit(across + cos, back - sin);
    const turned = fit(across + cos, back + sin);
    const likely = (1 - FLIPPED - TURNED) * seen + FLIPPED * flipped + TURNED * turned + ANYTHING;
    const hidden = FACE_HIDDEN * (1 - Math.max(0, cos));
    const surprise = Math.min(FACE_SAYS, ((face + hidden) / FACE_SPREAD) ** 2);
    cost[i] = weight * ((faceSays * surprise) / 2 - Math.log(likely));
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
export function turnPath(at: readonly number[], facings: readonly TurnFacing[]): TurnPath {
  const first = costs(facings[0]!, 1);
  const start = Float64Array.from(
    { length: BINS },
    (_, bin) => first[directionOf(bin)]! + (yawOf(bin) / START) ** 2 / 2,
  );
  let totals: Both<Float64Array> = [start, start];
  const steps: Both<Steps>[] = [];
  for (let frame = 1; frame < facings.length; frame++) {
    const seconds = (at[frame]! - at[frame - 1]!) / 1000;
    const cost = costs(facings[frame]!, Math.min(1, seconds / ALIKE));
    const [left, right] = [advance(totals, 0, seconds), advance(totals, 1, seconds)];
    for (const { total } of [left, right])
      for (let bin = 0; bin < BINS; bin++) total[bin]! += cost[directionOf(bin)]!;
    totals = [left.total, right.total];
    steps.push([left, right]);
  }
  return trace(totals, steps);
}

/** One for each way to turn: to the left, and to the right. */
type Both<T> = readonly [T, T];
type Way = 0 | 1;

/** How each bin was reached from the frame before. */
interface Steps {
  move: Int16Array;
  /** By the bin before: 1 where the body turned the other way until then. */
  turnedBack: Uint8Array;
}

/** The cheapest way to each bin from the frame before, turning one way. */
function advance(totals: Both<Float64Array>, way: Way, seconds: number): Steps & { total: Float64Array } {
  const from = totals[way].slice();
  const turnedBack = new Uint8Array(BINS);
  for (let bin = 0; bin < BINS; bin++) {
    const other = totals[way === 0 ? 1 : 0][bin]! + TURN_BACK;
    if (other < from[bin]!) [from[bin], turnedBack[bin]] = [other, 1];
  }
  const total = new Float64Array(BINS).fill(Infinity);
  const move = new Int16Array(BINS);
  const reach = Math.min(BINS - 1, Math.ceil((FASTEST * seconds) / BIN));
  for (let far = 0; far <= reach; far++) {
    const step = way === 0 ? far : -far;
    const price = (far * BIN) ** 2 / (WANDER * WANDER * Math.max(seconds, 1e-3));
    for (let bin = Math.max(0, step); bin < Math.min(BINS, BINS + step); bin++) {
      const cost = from[bin - step]! + price;
      if (cost < total[bin]!) [total[bin], move[bin]] = [cost, step];
    }
  }
  return { total, move, turnedBack };
}

function trace(totals: Both<Float64Array>, steps: readonly Both<Steps>[]): TurnPath {
  const best = totals[0].map((cost, bin) => Math.min(cost, totals[1][bin]!));
  const last = best.indexOf(Math.min(...best));
  const elsewhere = best.filter((_, bin) => Math.abs(yawOf(bin) - yawOf(last)) >= 150);
  let bin = last;
  let way: Way = totals[0][last]! <= totals[1][last]! ? 0 : 1;
  const yaws = [yawOf(bin)];
  for (const both of [...steps].reverse()) {
    const { move, turnedBack } = both[way];
    bin -= move[bin]!;
    if (turnedBack[bin] === 1) way = way === 0 ? 1 : 0;
    yaws.push(yawOf(bin));
  }
  return { yaws: yaws.reverse(), margin: Math.min(...elsewhere) - best[last]! };
}
