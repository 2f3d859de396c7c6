import { FULL } from "./angle.ts";
import type { Turn, TurnDoubt } from "./smoothTurn.ts";

/** Two turns in step by the angle of the body. */
export interface TurnMatch {
  /** "poor": show them by time, or not side by side. */
  quality: "good" | "poor";
  /** Only with "poor". */
  reason?: TurnDoubt | "no_overlap";
  /** Degrees that both turns cover, unwrapped as in the first one; equal where they share none. */
  from: number;
  to: number;
  /** When the first (0) or second (1) turn shows this angle first, in the `at` of its samples; angles beyond the range are brought to its ends. */
  timeAt(which: 0 | 1, angle: number): number;
}

/** Less is not worth turning two pictures in step. */
const SMALLEST_OVERLAP = 30;

type Samples = Turn["samples"];

const range = (samples: Samples): [number, number] => {
  const yaws = samples.map(({ yaw }) => yaw);
  return [Math.min(...yaws), Math.max(...yaws)];
};

/** Degrees to add to `b` so that it shares most with `a`: who turns left all round passes the same angles as who turns right. */
function bestShift(a: Samples, b: Samples): { shift: number; from: number; to: number } {
  const [[lowA, highA], [lowB, highB]] = [range(a), range(b)];
  const shared = [0, -FULL, FULL].map((shift) => ({
    shift,
    from: Math.max(lowA, lowB + shift),
    to: Math.min(highA, highB + shift),
  }));
  return shared.reduce((best, one) => (one.to - one.from > best.to - best.from ? one : best));
}

/** The first time at which a turn passes an angle. It jumps over pauses and ways back, so each angle has one picture. */
function firstTime(samples: Samples, angle: number): number {
  for (let i = 1; i < samples.length; i++) {
    const [before, after] = [samples[i - 1]!, samples[i]!];
    if ((before.yaw - angle) * (after.yaw - angle) > 0 || before.yaw === after.yaw) continue;
    return before.at + ((after.at - before.at) * (angle - before.yaw)) / (after.yaw - before.yaw);
  }
  return samples[0]?.at ?? 0;
}

/** Finds which angles two turns share, and when each shows them. */
export function matchTurns(a: Turn, b: Turn): TurnMatch {
  const turns = [a.samples, b.samples] as const;
  const { shift, from, to } =
    a.samples.length && b.samples.length ? bestShift(a.samples, b.samples) : { shift: 0, from: 0, to: 0 };
  const reason = a.reason ?? b.reason ?? (to - from < SMALLEST_OVERLAP ? "no_overlap" : undefined);
  const end = Math.max(from, to);
  return {
    ...(reason ? { quality: "poor", reason } : { quality: "good" }),
    from,
    to: end,
    timeAt(which, angle) {
      const shared = Math.min(Math.max(angle, from), end);
      return firstTime(turns[which], which === 0 ? shared : shared - shift);
    },
  };
}
