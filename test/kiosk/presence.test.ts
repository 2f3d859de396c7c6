import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createPersonLock } from "@vitrine/vision";
import fc from "fast-check";
import { TIMING, type Mirror } from "../../kiosk/src/session/session.ts";
import { step } from "../../kiosk/src/session/step.ts";
import { drawFigure } from "../vision/support/figure.ts";

const TICK_MS = 100;
/** The longest time between two pictures of her that a mirror has to bear. */
const SELDOM_MS = 2500;

/** One picture that was looked at: how long after the one before, and who is found in it. */
interface Look {
  afterMs: number;
  isSeen: boolean;
}

/** A mirror at which somebody begins, and is looked at so; says what it is after each tick. */
function* watch(looks: Iterable<Look>): Generator<{ now: number; mirror: Mirror }> {
  const lock = createPersonLock();
  let [at, nextTick] = [0, 0];
  let mirror = step({ kind: "idle" }, { type: "begin", id: "s" }, at);
  for (const { afterMs, isSeen } of looks) {
    at += afterMs;
    for (; nextTick <= at; nextTick += TICK_MS) {
      mirror = step(mirror, { type: "tick" }, nextTick);
      yield { now: nextTick, mirror };
    }
    const people = isSeen ? [drawFigure()] : [];
    const seen = lock({ at, width: 720, height: 1280, people });
    const { kind } = seen;
    const said = kind === "empty" ? { who: "nobody" as const, seenAt: seen.seenAt } : { who: kind };
    mirror = step(mirror, { type: "seen", ...said }, at);
    yield { now: at, mirror };
  }
}

/** Pictures as a machine looks at them that is slow, and now and then does not find her. */
const looking = fc.array(
  fc.record({ afterMs: fc.integer({ min: 33, max: SELDOM_MS / 2 }), isSeen: fc.boolean() }),
  { minLength: 4, maxLength: 60 },
);

/** The same, where of two pictures one finds her. */
const staying = looking.map((looks) =>
  looks.map((look, i) => ({ ...look, isSeen: look.isSeen || i < 4 || !looks[i - 1]!.isSeen })),
);

const seldom = fc.integer({ min: 33, max: SELDOM_MS });

describe("a shopper in front of a mirror that looks as often as its machine can", () => {
  it("stays, as long as she is found again in time", () => {
    fc.assert(
      fc.property(staying, (looks) => {
        for (const { now, mirror } of watch(looks)) assert.equal(mirror.kind, "open", `at ${now} ms`);
      }),
    );
  });

  it("stays where a picture comes every so many seconds", () => {
    fc.assert(
      fc.property(seldom, (afterMs) => {
        const looks = Array.from({ length: 20 }, () => ({ afterMs, isSeen: true }));
        for (const { now, mirror } of watch(looks)) assert.equal(mirror.kind, "open", `at ${now} ms`);
      }),
    );
  });

  it("is gone within three seconds after she left, and not before she could have come back", () => {
    fc.assert(
      fc.property(seldom, fc.integer({ min: 8, max: 20 }), (afterMs, count) => {
        const there = Array.from({ length: count + 1 }, () => ({ afterMs, isSeen: true }));
        const empty = Array.from({ length: Math.ceil(6000 / afterMs) }, () => ({ afterMs, isSeen: false }));
        const leftAt = afterMs * there.length; // the last picture shows her
        const ends = [...watch([...there, ...empty])].find(({ mirror }) => mirror.kind === "ended");
        assert.ok(ends, "it never ended");
        assert.ok(ends.now - leftAt <= 3000, `${ends.now - leftAt} ms`);
        assert.ok(ends.now - leftAt >= TIMING.leaveMs - TICK_MS, `${ends.now - leftAt} ms`);
      }),
    );
  });
});
