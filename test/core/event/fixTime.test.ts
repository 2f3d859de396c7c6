import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { fixTime, type Times } from "../../../packages/core/src/event/fixTime.ts";

const DAY = 86_400_000;
const NOW = Date.parse("2026-11-22T12:00:00Z");

const timeOf = (times: Omit<Times, "receivedAt">): number | string => {
  const fixed = fixTime({ receivedAt: NOW, ...times });
  return fixed.ok ? fixed.time : fixed.reason;
};

describe("the time of an event", () => {
  it("is the timestamp when the sender's clock is right", () => {
    assert.equal(timeOf({ timestamp: NOW - 5000, sentAt: NOW - 100 }), NOW - 5000);
  });

  it("is left alone up to a minute of skew, which may be the network's", () => {
    assert.equal(timeOf({ timestamp: NOW - 90_000, sentAt: NOW - 60_000 }), NOW - 90_000);
    assert.equal(timeOf({ timestamp: NOW - 90_000, sentAt: NOW - 60_001 }), NOW - 29_999);
  });

  for (const [name, yearsOff] of [
    ["behind", -10],
    ["ahead", 10],
  ] as const) {
    it(`is right although the clock is ten years ${name}`, () => {
      const clock = NOW + yearsOff * 365 * DAY;
      assert.equal(timeOf({ timestamp: clock - 7000, sentAt: clock }), NOW - 7000);
    });
  }

  it("is never later than the arrival, so a clock ahead cannot pin a register", () => {
    assert.equal(timeOf({ timestamp: NOW + 10 * 365 * DAY }), NOW);
    assert.equal(timeOf({ timestamp: NOW + 3000, sentAt: NOW + 2000 }), NOW);
    assert.equal(timeOf({ timestamp: NOW + DAY, timesAsGiven: true }), NOW);
  });

  it("is refused beyond the dedupe horizon of 90 days", () => {
    assert.equal(timeOf({ timestamp: NOW - 90 * DAY }), NOW - 90 * DAY);
    assert.equal(timeOf({ timestamp: NOW - 90 * DAY - 1 }), "too_old");
  });

  it("is taken as given from an import, whatever the clocks say", () => {
    const year2008 = Date.parse("2008-04-01T08:00:00Z");
    assert.equal(timeOf({ timestamp: year2008, sentAt: NOW - DAY, timesAsGiven: true }), year2008);
  });

  it("keeps events of one batch in their order, and apart as they were unless the arrival caps them", () => {
    const ms = fc.integer({ min: NOW - 80 * DAY, max: NOW + 80 * DAY });
    fc.assert(
      fc.property(ms, ms, ms, (a, b, sentAt) => {
        const [first, second] = [
          fixTime({ timestamp: a, sentAt, receivedAt: NOW }),
          fixTime({ timestamp: b, sentAt, receivedAt: NOW }),
        ];
        if (!first.ok || !second.ok) return;
        if (a <= b) assert.ok(first.time <= second.time);
        if (first.time < NOW && second.time < NOW) assert.equal(second.time - first.time, b - a);
      }),
    );
  });
});
