import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { createPoseSmoother, type PoseStats } from "@vitrine/vision";
import { variance } from "../vision/support/variance.ts";
import { frameTimes, openVisionPage, type VisionPage } from "./support/visionPage.ts";

/** MediaPipe's own tests allow so much, as a share of the picture. */
const TOLERANCE = 0.03;

/** x and y of the expected landmarks, in the order of the file; world landmarks come after them. */
function golden(): { x: number; y: number }[] {
  const text = readFileSync(new URL("../fixtures/vision/pose_landmarks.pbtxt", import.meta.url), "utf8");
  const points = [...text.split("world_landmarks")[0]!.matchAll(/x: ([\d.-]+)\s+y: ([\d.-]+)/g)];
  return points.slice(0, 33).map(([, x, y]) => ({ x: Number(x), y: Number(y) }));
}

describe("given the built worker with the model made from its npm package", () => {
  let vision: VisionPage;
  before(async () => {
    vision = await openVisionPage();
  });
  after(() => vision.close());

  it("finds the landmarks that MediaPipe expects, within its tolerance", async (t) => {
    const { sightings, errors } = await vision.see("pose.jpg", [0]);
    assert.deepEqual(errors, []);
    const [{ people, width, height }] = sightings as [(typeof sightings)[number]];
    assert.deepEqual([people.length, width, height], [1, 1000, 667]);
    const errorsBy = golden().map(({ x, y }, i) => {
      const seen = people[0]!.landmarks[i]!;
      return Math.max(Math.abs(seen.x - x), Math.abs(seen.y - y));
    });
    assert.equal(errorsBy.length, 33);
    t.diagnostic(`largest landmark error ${Math.max(...errorsBy).toFixed(4)} of the picture`);
    assert.ok(Math.max(...errorsBy) <= TOLERANCE);
  });

  it("sees more than one person where there are three", async () => {
    const { sightings } = await vision.see("three_people.jpg", [0, 1]);
    assert.ok(sightings.every(({ people }) => people.length >= 2));
  });

  it("smooths most of the jitter away of somebody who stands still", async (t) => {
    const { sightings } = await vision.see("pose.jpg", frameTimes(30, 20), 24);
    const smooth = createPoseSmoother();
    const raw = sightings.map(({ people }) => people[0]!);
    const smoothed = sightings.map(({ at }, i) => smooth(raw[i]!, at));
    const [before, after] = [variance(raw.slice(10)), variance(smoothed.slice(10))];
    t.diagnostic(
      `standard deviation ${Math.sqrt(before).toExponential(1)} to ${Math.sqrt(after).toExponential(1)} of the picture`,
    );
    assert.ok(before > 0);
    assert.ok(after < before / 2);
    // Half a pixel of 720.
    assert.ok(Math.sqrt(after) < 0.0007);
  });

  it("bears frames out of order, and heals when one cannot be handed over", async () => {
    const { people, errors, stats } = await vision.page.evaluate(() =>
      (
        globalThis as unknown as {
          breakStream(url: string): { people: number[]; errors: string[]; stats: PoseStats };
        }
      ).breakStream("/test/fixtures/vision/pose.jpg"),
    );
    assert.deepEqual(people, [1, 1, 1]);
    assert.equal(errors.length, 1);
    assert.equal(stats.restarts, 1);
  });
});
