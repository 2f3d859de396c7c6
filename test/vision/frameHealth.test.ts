import assert from "node:assert/strict";
import { it } from "node:test";
import { createFrameHealth } from "../../packages/vision/src/camera/frameHealth.ts";

it("a judge of pictures is not taken in by the black picture with which a frozen camera begins", () => {
  const judge = createFrameHealth(0);
  const looks = [0, 0.4, 0.4, 0.4, 0.4, 0.4].map((brightness) => ({ brightness, print: brightness }));
  assert.deepEqual(
    looks.map((look, i) => judge(look, 500 * i)).filter((health) => health !== undefined),
    ["frozen", "frozen"],
  );
});
