import type { Pose } from "../pose/sighting.ts";
import { facingsOfTurn } from "./facing.ts";
import { smoothPath } from "./smoothPath.ts";
import { turnPath } from "./turnPath.ts";

/** Why a turn cannot be trusted. */
export type TurnDoubt = "too_short" | "gap" | "no_turn" | "unclear";

/** A recorded turn. `yaw`: unwrapped degrees, 0 faces the camera, positive to the person's own left. */
export interface Turn {
  samples: { at: number; yaw: number }[];
  quality: "good" | "poor";
  /** Only with "poor". */
  reason?: TurnDoubt;
}

/** One frame of a recording. `at`: ms, rising. */
export interface TurnFrame {
  at: number;
  pose: Pose;
}

const FEWEST = 12;
/** A body can turn too far unseen in a longer one. */
const LONGEST_GAP_MS = 600;
/** Less is a shift of weight. */
const SMALLEST_TURN = 30;
/** In dark clothes each back may be taken for a front: as long as the course is clear (its margin), that does no harm. Few frames may fit neither way. */
const MOST_FLIPPED = 0.75;
const MOST_DOUBTFUL = 0.3;
/** Of turns spoilt at random, none that came out wrong had a larger one. */
const LEAST_MARGIN = 3;

/** Smooths a recorded turn over the whole of it, and judges it. The recording begins with the face to the camera. */
export function smoothTurn(recorded: readonly TurnFrame[]): Turn {
  const frames = recorded.filter(({ at }, i) => i === 0 || at > recorded[i - 1]!.at);
  if (frames.length < FEWEST) return { samples: [], quality: "poor", reason: "too_short" };
  const at = frames.map((frame) => frame.at);
  const facings = facingsOfTurn(frames.map(({ pose }) => pose));
  const { yaws: rough, margin } = turnPath(at, facings);
  const { yaws, flipped, doubtful } = smoothPath(at, facings, rough);
  const samples = yaws.map((yaw, i) => ({ at: at[i]!, yaw }));
  const doubts: [TurnDoubt, boolean][] = [
    ["gap", at.some((time, i) => i > 0 && time - at[i - 1]! > LONGEST_GAP_MS)],
    ["unclear", flipped > MOST_FLIPPED || doubtful > MOST_DOUBTFUL || margin < LEAST_MARGIN],
    ["no_turn", Math.max(...yaws) - Math.min(...yaws) < SMALLEST_TURN],
  ];
  const doubt = doubts.find(([, isSo]) => isSo);
  return doubt ? { samples, quality: "poor", reason: doubt[0] } : { samples, quality: "good" };
}
