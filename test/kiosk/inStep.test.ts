import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inStep } from "../../kiosk/phone/src/timeAt.ts";

const turn = (...samples: [at: number, yaw: number][]) => ({
  samples: samples.map(([at, yaw]) => ({ at, yaw })),
  quality: "good" as const,
});

/** Where both films stand at a position. */
const at = (position: number, { timeAt }: ReturnType<typeof inStep>) => [
  timeAt(0, position),
  timeAt(1, position),
];

describe("two films", () => {
  it("are in step by the angle that both show", () => {
    const step = inStep([turn([0, 0], [4000, 360]), turn([0, 0], [6000, 90], [8000, 360])], [4, 8]);
    assert.equal(step.by, "angle");
    assert.deepEqual(
      [at(0, step), at(0.25, step), at(1, step)],
      [
        [0, 0],
        [1, 6],
        [4, 8],
      ],
    );
  });

  it("begin with the face, also of who turned to the right", () => {
    const step = inStep([turn([0, 0], [4000, -360]), turn([0, 0], [8000, -360])], [4, 8]);
    assert.deepEqual(
      [at(0, step), at(0.5, step)],
      [
        [0, 0],
        [2, 4],
      ],
    );
  });

  it("are in step by time where a turn is missing or poor, and that is said", () => {
    const good = turn([0, 0], [4000, 360]);
    const missing = inStep([good, undefined], [4, 8]);
    const poor = inStep([good, { samples: [], quality: "poor", reason: "too_short" }], [4, 8]);
    assert.deepEqual([missing.by, poor.by], ["time", "unclear"]);
    for (const step of [missing, poor])
      assert.deepEqual(
        [at(0.5, step), at(1, step)],
        [
          [2, 4],
          [4, 8],
        ],
      );
  });

  it("never stand beyond their ends", () => {
    const step = inStep([turn([0, 0], [9000, 360]), turn([-50, 0], [8000, 360])], [4, 8]);
    assert.deepEqual(
      [at(0, step), at(1, step)],
      [
        [0, 0],
        [4, 8],
      ],
    );
  });
});
