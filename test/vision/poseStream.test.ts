import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
// Not public: the logic of openPoseStream, with the worker handed in.
import { createPoseStream, type PoseStream } from "../../packages/vision/src/pose/createPoseStream.ts";
import type { Frame, RunningSeer, Seen } from "../../packages/vision/src/pose/seer.ts";
import type { Pose, Sighting } from "@vitrine/vision";
import { manualTime, settle } from "./support/manualTime.ts";

interface Asked {
  frame: Frame;
  at: number;
  answer(seen?: Partial<Seen>): void;
  fail(): void;
}

class FakeSeer implements RunningSeer {
  readonly asked: Asked[] = [];
  isEnded = false;
  becomeReady!: () => void;
  fail!: (error: Error) => void;
  readonly ready = new Promise<void>((resolve, reject) => {
    this.becomeReady = resolve;
    this.fail = reject;
  });

  see(frame: Frame, at: number): Promise<Seen> {
    return new Promise((resolve, reject) => {
      this.asked.push({
        frame,
        at,
        answer: (seen) => resolve({ people: [], memoryBytes: 100e6, ...seen }),
        fail: () => reject(new Error("the graph has errors")),
      });
    });
  }

  end(): void {
    this.isEnded = true;
  }
}

class FakeFrame {
  isClosed = false;
  readonly width = 720;
  readonly height = 1280;

  close(): void {
    this.isClosed = true;
  }
}

const SOMEBODY: Pose = { landmarks: [], world: [] };
const MINUTE = 60_000;

describe("given a pose stream", () => {
  let time: ReturnType<typeof manualTime>;
  let seers: FakeSeer[];
  let sightings: Sighting[];
  let errors: unknown[];
  let stream: PoseStream;

  const seer = (): FakeSeer => seers.at(-1)!;
  const offer = (at: number): FakeFrame => {
    const frame = new FakeFrame();
    stream.offer(frame, at);
    return frame;
  };
  const becomeReady = async (): Promise<void> => {
    seer().becomeReady();
    await settle();
  };
  const answer = async (seen?: Partial<Seen>): Promise<void> => {
    seer().asked.at(-1)!.answer(seen);
    await settle();
  };

  beforeEach(() => {
    time = manualTime();
    seers = [];
    sightings = [];
    errors = [];
    stream = createPoseStream({
      start() {
        seers.push(new FakeSeer());
        return seer();
      },
      onSighting: (sighting) => sightings.push(sighting),
      onError: (error) => errors.push(error),
      now: time.now,
      after: time.after,
    });
  });

  it("shows one frame at a time, and of those that came meanwhile the newest only", async () => {
    const early = offer(1);
    await becomeReady();
    assert.deepEqual(
      seer().asked.map(({ at }) => at),
      [1],
    );
    const missed = [2, 3, 4].map(offer);
    const newest = offer(5);
    await answer({ people: [SOMEBODY] });
    assert.deepEqual(
      seer().asked.map(({ at }) => at),
      [1, 5],
    );
    assert.ok(missed.every(({ isClosed }) => isClosed));
    // These went over to the worker, which closes them.
    assert.ok(!early.isClosed && !newest.isClosed);
    assert.deepEqual(sightings, [{ at: 1, people: [SOMEBODY], width: 720, height: 1280 }]);
    assert.deepEqual({ ...stream.stats }, { offered: 5, dropped: 3, seen: 1, restarts: 0 });
  });

  it("holds no more than one frame, however many come", async () => {
    const frames = Array.from({ length: 1000 }, (_, i) => offer(i));
    assert.equal(frames.filter(({ isClosed }) => !isClosed).length, 1);
    await becomeReady();
    assert.equal(seer().asked.length, 1);
  });

  it("makes times rise strictly, whatever the camera says", async () => {
    await becomeReady();
    for (const at of [100, 100, 40, 101.5, 101, 500]) {
      offer(at);
      await answer();
    }
    const times = seer().asked.map(({ at }) => at);
    assert.ok(
      times.every((at, i) => i === 0 || at >= times[i - 1]! + 1),
      String(times),
    );
    assert.equal(times.at(-1), 500);
    assert.deepEqual(
      sightings.map(({ at }) => at),
      times,
    );
  });

  it("begins anew with another worker when one fails, and tells of it", async () => {
    await becomeReady();
    offer(1);
    seer().asked[0]!.fail();
    await settle();
    assert.ok(seers[0]!.isEnded);
    assert.equal(errors.length, 1);
    offer(2);
    await time.pass(250);
    await becomeReady();
    assert.equal(seers.length, 2);
    assert.deepEqual(
      seer().asked.map(({ at }) => at),
      [2],
    );
    await answer();
    assert.equal(stream.stats.restarts, 1);
    assert.equal(sightings.length, 1);
  });

  it("begins anew when a worker says nothing any more", async () => {
    await becomeReady();
    offer(1);
    await time.pass(10_250);
    assert.equal(seers.length, 2);
    assert.ok(seers[0]!.isEnded);
    assert.match(String(errors[0]), /said nothing/);
    // What the old one says after all concerns nobody.
    seers[0]!.asked[0]!.answer({ people: [SOMEBODY] });
    await settle();
    assert.deepEqual(sightings, []);
  });

  it("tries less and less often while no worker comes up", async () => {
    const startedAt: number[] = [];
    for (let i = 0; i < 12; i++) {
      startedAt.push(time.now());
      seer().fail(new Error("no script"));
      const count = seers.length;
      while (seers.length === count) await time.pass(250);
    }
    const waits = startedAt.slice(1).map((at, i) => at - startedAt[i]!);
    assert.deepEqual(waits, [250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000, 30_000]);
  });

  it("renews a worker that is old, once nobody is there", async () => {
    await becomeReady();
    await time.pass(11 * MINUTE);
    offer(1);
    await answer({ people: [SOMEBODY] });
    assert.equal(seers.length, 1);
    offer(2);
    await answer({ people: [] });
    assert.equal(seers.length, 2);
    assert.ok(seers[0]!.isEnded);
    assert.deepEqual(errors, []);
    assert.equal(sightings.length, 2);
  });

  it("renews a worker that is very old although somebody is there", async () => {
    await becomeReady();
    await time.pass(21 * MINUTE);
    offer(1);
    await answer({ people: [SOMEBODY] });
    assert.equal(seers.length, 2);
  });

  it("renews a worker that has grown large", async () => {
    await becomeReady();
    offer(1);
    await answer({ people: [SOMEBODY], memoryBytes: 1e9 });
    assert.equal(seers.length, 2);
  });

  it("closes what comes after its end, and tells nothing more", async () => {
    await becomeReady();
    offer(1);
    const waiting = offer(2);
    stream.close();
    seer().asked[0]!.answer();
    await settle();
    assert.ok(waiting.isClosed && offer(3).isClosed);
    assert.ok(seer().isEnded);
    assert.deepEqual(sightings, []);
    assert.equal(time.waiting(), 0);
  });
});
