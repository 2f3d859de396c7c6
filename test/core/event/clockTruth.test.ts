import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { createClockDevice, errorOf, isUncertain, START, type ClockDevice } from "./clockDevice.ts";

const SECOND = 1000;
const HOUR = 3_600_000;
const YEAR = 365 * 86_400_000;

/** How wrong a time may be that is not flagged. */
const MAX_ERROR_MS = 2 * SECOND;

/** Clocks that are right, a little off, or clearly wrong: around a minute either may be said. */
const wrongBy = fc.oneof(
  fc.constant(0),
  fc.integer({ min: -30 * SECOND, max: 30 * SECOND }),
  fc.integer({ min: -10 * YEAR, max: -HOUR }),
  fc.integer({ min: HOUR, max: 10 * YEAR }),
);

type Step = [name: "wait" | "sleep" | "setClock" | "send" | "track" | "nextPage", value: number];
const stepOf = (name: Step[0], value: fc.Arbitrary<number>) => value.map((ms): Step => [name, ms]);
const waits = stepOf("wait", fc.integer({ min: 1, max: 3 * HOUR }));
const tracks = stepOf("track", fc.constant(0));
const sends = stepOf("send", fc.integer({ min: 5, max: 900 }));
const pages = stepOf("nextPage", fc.constant(0));
const jumps = stepOf("setClock", wrongBy);
const sleeps = stepOf("sleep", fc.integer({ min: 1, max: 72 * HOUR }));

const run = (device: ClockDevice, steps: readonly Step[]) => {
  for (const [name, value] of steps) device[name](value);
  // The last page comes back to the network, so that everything arrives.
  device.nextPage();
  device.wait(SECOND);
  device.track();
  device.send(50);
  return device.happenings;
};

const script = (...steps: fc.Arbitrary<Step>[]) => fc.array(fc.oneof(tracks, ...steps), { maxLength: 40 });

describe("the time of an event of our own page", () => {
  it("keeps the order of each page load, is never refused and never in the future, whatever clock and device do", () => {
    fc.assert(
      fc.property(wrongBy, script(waits, sends, pages, jumps, sleeps), (error, steps) => {
        const newest = new Map<number, number>();
        for (const one of run(createClockDevice({ error }), steps)) {
          assert.ok(one.fixed?.ok, "none is refused");
          assert.ok(one.fixed.time <= one.receivedAt!, "no register is pinned by the future");
          assert.ok(one.fixed.time >= (newest.get(one.page) ?? 0), "in order of seq");
          newest.set(one.page, one.fixed.time);
        }
      }),
      { numRuns: 5000 },
    );
  });

  it("is right, or flagged, however often the clock is set; half a minute is left to the clock", () => {
    fc.assert(
      fc.property(wrongBy, script(waits, sends, pages, jumps), (error, steps) => {
        const device = createClockDevice({ error });
        const happenings = run(device, steps);
        // Nobody can tell a lost page whose wrong clock names just this hour from another tab.
        const tabs = new Set(happenings.filter((one) => one.isDuringSender).map(({ page }) => page));
        for (const one of happenings) {
          const isMistakable = tabs.has(one.page) && !device.met.has(one.page);
          if (!isUncertain(one) && !isMistakable)
            assert.ok(errorOf(one) <= MAX_ERROR_MS + 30 * SECOND, JSON.stringify(one));
        }
      }),
      { numRuns: 5000 },
    );
  });

  it("is right within two seconds however long the device sleeps, or flagged if its page load never met the collector", () => {
    fc.assert(
      fc.property(wrongBy, script(waits, sends, pages, sleeps), (error, steps) => {
        const device = createClockDevice({ error: Math.abs(error) > 60 * SECOND ? error : 0 });
        for (const one of run(device, steps)) {
          const mayBeFlagged = !device.met.has(one.page) && isUncertain(one);
          assert.ok(mayBeFlagged || errorOf(one) <= MAX_ERROR_MS, JSON.stringify(one));
        }
      }),
      { numRuns: 5000 },
    );
  });

  it("is flagged of a page load that never met the collector, unless others did just before and just after", () => {
    for (const [waitMs, flagged] of [
      [5 * SECOND, false],
      [HOUR, true],
    ] as const) {
      const device = createClockDevice();
      device.track();
      device.send(40);
      device.wait(waitMs);
      device.nextPage();
      device.track();
      device.wait(SECOND);
      device.nextPage();
      device.wait(SECOND);
      device.send(40);
      const left = device.happenings[1]!;
      assert.deepEqual([isUncertain(left), errorOf(left) <= MAX_ERROR_MS], [flagged, true]);
    }
  });
});

describe("the clock of a page load that met the collector", () => {
  const cases: [name: string, before: number, after: number][] = [
    ["ten years behind", -10 * YEAR, -10 * YEAR],
    ["ten years ahead", 10 * YEAR, 10 * YEAR],
    ["set right from ten years behind", -10 * YEAR, 0],
    ["set right from ten years ahead", 10 * YEAR, 0],
    ["set wrong by ten years behind", 0, -10 * YEAR],
    ["set wrong by ten years ahead", 0, 10 * YEAR],
    ["set back by three hours", 3 * HOUR, 0],
    ["set wrong by three hours ahead", 0, 3 * HOUR],
    ["set wrong by three hours behind", 0, -3 * HOUR],
    ["from one wrong year to another", -3 * YEAR, 4 * YEAR],
  ];
  for (const [name, before, after] of cases) {
    for (const sender of ["the page itself", "a later page"] as const) {
      it(`may be ${name}: its events are certain and right, sent by ${sender}`, () => {
        const device = createClockDevice({ error: before });
        if (sender === "a later page") {
          device.track();
          device.send(40);
        }
        device.wait(HOUR);
        device.track();
        device.setClock(after);
        device.wait(5 * SECOND);
        device.track();
        if (sender === "a later page") {
          device.wait(24 * HOUR);
          device.nextPage();
          device.wait(SECOND);
        }
        device.send(40);
        for (const one of device.happenings) {
          assert.ok(errorOf(one) <= 100, `${errorOf(one)} ms off`);
          // Only what looks exactly like sleep is doubted.
          assert.equal(isUncertain(one), false);
        }
      });
    }
  }

  it("is doubted where setting it right looks like sleep, and believed to have been right", () => {
    const device = createClockDevice({ error: -3 * HOUR });
    device.track();
    device.setClock(0);
    device.wait(SECOND);
    device.send(40);
    assert.ok(isUncertain(device.happenings[0]!));
  });

  it("is not doubted there when the device was known to be elsewhere in time", () => {
    const device = createClockDevice();
    device.track();
    device.send(40);
    device.nextPage();
    device.setClock(-3 * HOUR);
    device.track();
    device.setClock(0);
    device.wait(SECOND);
    device.send(40);
    assert.deepEqual(device.happenings.map(isUncertain), [false, false]);
    assert.ok(errorOf(device.happenings[1]!) <= 100);
  });
});

describe("a slow request", () => {
  it("shifts nothing when the clock is right, or nearly", () => {
    for (const error of [0, -29 * SECOND, 29 * SECOND]) {
      const device = createClockDevice({ error });
      device.wait(HOUR);
      device.track();
      device.send(30 * SECOND);
      const [one] = device.happenings;
      assert.ok(one?.fixed?.ok);
      assert.equal(one.fixed.time, one.timestamp);
    }
  });

  it("shifts nothing by its transit when the clock is wrong and was seen before, in this page load or the last", () => {
    for (const isNextPage of [false, true]) {
      const device = createClockDevice({ error: 3 * YEAR });
      device.track();
      device.send(20);
      if (isNextPage) device.nextPage();
      device.wait(HOUR);
      device.track();
      device.send(45 * SECOND);
      assert.ok(errorOf(device.happenings[1]!) <= 100);
    }
  });

  it("was no clock 90 seconds behind, where the same clock was right before", () => {
    const device = createClockDevice();
    device.track();
    device.send(20);
    device.track();
    device.send(90 * SECOND);
    assert.ok(errorOf(device.happenings[1]!) <= 100);
  });
});

describe("a page load that never met the collector", () => {
  it("is flagged, and stands between what was known before and the page that brings it, in order of seq", () => {
    for (const error of [-10 * YEAR, -HOUR, 0, HOUR, 10 * YEAR]) {
      const device = createClockDevice();
      device.track();
      device.send(20);
      device.nextPage();
      device.setClock(error);
      device.wait(HOUR * 5);
      for (let i = 0; i < 3; i++) {
        device.track();
        device.wait(SECOND);
      }
      device.setClock(0);
      device.wait(HOUR * 5);
      device.nextPage();
      const start = START + 20 + 10 * HOUR + 3 * SECOND;
      device.wait(SECOND);
      device.track();
      device.send(40);
      const [first, ...others] = device.happenings;
      const last = others.pop()!;
      assert.deepEqual(others.map(isUncertain), [true, true, true]);
      assert.ok(!isUncertain(last) && errorOf(last) <= 100);
      const times = others.map(({ fixed }) => (fixed as { time: number }).time);
      assert.deepEqual(
        times,
        times.toSorted((a, b) => a - b),
      );
      assert.ok(times.every((time) => time >= first!.truth && time <= start + 1));
      // A guess, but the best there is: a clock that may have been right is believed.
      if (error === 0) assert.ok(others.every((one) => errorOf(one) <= 100));
    }
  });

  it("is not too old for a clock ten years behind, though nothing else is known of the device", () => {
    const device = createClockDevice({ error: -10 * YEAR });
    device.track();
    device.nextPage();
    device.setClock(0);
    device.wait(SECOND);
    device.send(40);
    assert.ok(isUncertain(device.happenings[0]!));
  });

  it("is certain where another tab that was open at the time sends for it", () => {
    const device = createClockDevice({ error: 2 * YEAR });
    device.wait(HOUR);
    device.track();
    // The tab that sends was open already: it has the same clock, and another writer.
    const [one] = device.happenings;
    one!.page = 7;
    device.wait(SECOND);
    device.send(40);
    assert.equal(isUncertain(one!), false);
    assert.ok(errorOf(one!) <= 100);
  });
});
