import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createPersonLock, createPoseSmoother, type Presence } from "@vitrine/vision";
import { drawFigure, seeded, shake, type Figure } from "./support/figure.ts";
import { variance } from "./support/variance.ts";
import { readTrack } from "./support/poseTrack.ts";

const FRAME_MS = 50;

describe("given the smoothing of a pose", () => {
  it("takes five sixths of the variance from a body that stands still", (t) => {
    const random = seeded(1);
    const smooth = createPoseSmoother();
    const raw = Array.from({ length: 200 }, () => shake(drawFigure(), 0.004, random));
    const smoothed = raw.map((pose, i) => smooth(pose, i * FRAME_MS));
    const left = variance(smoothed.slice(40)) / variance(raw.slice(40));
    t.diagnostic(`${(left * 100).toFixed(1)} % of the variance is left`);
    assert.ok(left < 1 / 6);
  });

  it("keeps up with a body that moves", () => {
    const smooth = createPoseSmoother();
    const late = readTrack("pose_squats").map(({ at, pose }) => {
      const { landmarks } = smooth(pose, at);
      return Math.abs(landmarks[0]!.y - pose.landmarks[0]!.y);
    });
    assert.ok(Math.max(...late) < 0.06, String(Math.max(...late)));
  });

  it("draws nothing of one person into the next", () => {
    const smooth = createPoseSmoother();
    for (let at = 0; at < 1000; at += FRAME_MS) smooth(drawFigure({ x: 0.2 }), at);
    const next = drawFigure({ x: 0.7 });
    assert.deepEqual(smooth(next, 2000), next);
  });

  it("does not move for a frame that is not newer", () => {
    const smooth = createPoseSmoother();
    const first = smooth(drawFigure({ x: 0.5 }), 100);
    assert.deepEqual(smooth(drawFigure({ x: 0.9 }), 100).landmarks, first.landmarks);
  });
});

/** Shows frames of people, and gives what the lock said of the last. */
function show(): (figures: Figure[], durationMs: number) => Presence {
  const lock = createPersonLock();
  let at = 0;
  return (figures, durationMs) => {
    let presence: Presence = { kind: "empty" };
    for (const end = at + durationMs; at < end; at += FRAME_MS)
      presence = lock({ at, width: 720, height: 1280, people: figures.map(drawFigure) });
    return presence;
  };
}

const hipsOf = (presence: Presence): number => {
  assert.notEqual(presence.kind, "empty");
  const { landmarks } = (presence as Exclude<Presence, { kind: "empty" }>).pose;
  return (landmarks[23]!.x + landmarks[24]!.x) / 2;
};

describe("given the lock on the person in front", () => {
  const her: Figure = { x: 0.5, height: 0.7 };

  it("counts somebody who stays, not a reading or two", () => {
    const frames = show();
    assert.equal(frames([her], 100).kind, "empty");
    assert.equal(frames([], 500).kind, "empty");
    assert.equal(frames([her], 300).kind, "one");
  });

  it("passes over people far away and beside the zone", () => {
    assert.equal(show()([{ x: 0.5, height: 0.25 }], 1000).kind, "empty");
    assert.equal(show()([{ x: 0.05, height: 0.7 }], 1000).kind, "empty");
  });

  it("does not flicker at the edge of the zone", () => {
    const frames = show();
    frames([{ x: 0.8, height: 0.4 }], 500);
    for (const x of [0.86, 0.84, 0.87, 0.84]) assert.equal(frames([{ x, height: 0.33 }], 1000).kind, "one");
    assert.equal(frames([{ x: 0.95, height: 0.4 }], 1000).kind, "empty");
  });

  it("holds her through frames in which nobody is seen, and lets go when she has left", () => {
    const frames = show();
    frames([her], 500);
    assert.equal(frames([], 500).kind, "one");
    assert.equal(frames([her], 100).kind, "one");
    assert.equal(frames([], 1000).kind, "empty");
  });

  it("keeps her at any rate of pictures, when she was missed in one, and says when she was seen last", () => {
    const sight = (lock: ReturnType<typeof createPersonLock>, at: number, figures: Figure[]): Presence =>
      lock({ at, width: 720, height: 1280, people: figures.map(drawFigure) });
    for (const gap of [50, 400, 800, 1500]) {
      const lock = createPersonLock();
      for (let i = 0; i <= 5; i++) sight(lock, i * gap, [her]);
      const missed = sight(lock, 6 * gap, []);
      if (missed.kind === "empty") assert.equal(missed.seenAt, 5 * gap);
      else assert.ok(gap <= 700, `${gap} ms`);
      assert.equal(sight(lock, 7 * gap, [{ ...her, x: 0.6 }]).kind, "one", `${gap} ms`);
    }
    const lock = createPersonLock();
    for (let i = 0; i <= 5; i++) sight(lock, i * 100, [her]);
    assert.equal(sight(lock, 3600, [her]).kind, "empty", "whoever comes after so long is somebody else");
  });

  it("stays with her when the model lists people in another order, and when they cross", () => {
    const frames = show();
    frames([her], 500);
    const other: Figure = { x: 0.75, height: 0.72 };
    assert.ok(Math.abs(hipsOf(frames([other, her], 500)) - 0.5) < 0.05);
    assert.ok(Math.abs(hipsOf(frames([her, other], 500)) - 0.5) < 0.05);
  });

  it("goes over to somebody who steps right in front of her", () => {
    const frames = show();
    frames([{ x: 0.5, height: 0.5 }], 500);
    const presence = frames(
      [
        { x: 0.5, height: 0.5 },
        { x: 0.62, height: 0.8 },
      ],
      500,
    );
    assert.ok(Math.abs(hipsOf(presence) - 0.62) < 0.05);
  });

  it("says that a second person is in the zone, and when she is gone", () => {
    const frames = show();
    frames([her], 500);
    const second: Figure = { x: 0.25, height: 0.6 };
    assert.equal(frames([her, second], 100).kind, "one");
    assert.equal(frames([her, second], 400).kind, "second");
    assert.equal(frames([her], 300).kind, "second");
    assert.equal(frames([her], 1000).kind, "one");
  });

  it("is not disturbed by passers-by, nor by the same body seen twice", () => {
    const frames = show();
    frames([her], 500);
    assert.equal(frames([her, { x: 0.7, height: 0.25 }], 2000).kind, "one");
    assert.equal(frames([her, { x: 0.52, height: 0.69 }], 2000).kind, "one");
  });
});
