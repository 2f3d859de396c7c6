import { expect } from "@esm-bundle/chai";
import type { TimedEvent } from "@vitrine/core";
import { createTestOrigin, type Tab, type TestOrigin } from "./support/testOrigin.ts";

const YEAR_MS = 365 * 86_400_000;
const HOUR_MS = 3_600_000;

describe("a page whose clock is wrong", () => {
  let origin: TestOrigin;
  /** What is added to the wall clock of the pages, and what their monotonic clock slept through. */
  let wrongBy = 0;
  let slept = 0;
  beforeEach(() => {
    origin = createTestOrigin();
    wrongBy = slept = 0;
  });
  afterEach(() => origin.close());

  const open = (): Tab => {
    const opened = origin.now() - slept;
    return origin.open(
      {},
      { _now: () => origin.now() + wrongBy, _clock: () => origin.now() - slept - opened },
    );
  };
  const offline = () => {
    origin.collector.intercept = () => {
      throw new TypeError("no network");
    };
  };
  const named = (name: string): TimedEvent =>
    origin.collector.accepted.find(({ event }) => event === name) ?? expect.fail(`${name} did not come`);
  const track = (tab: Tab, name: string) => {
    void tab.vitrine.track(name);
    return origin.now();
  };

  for (const [what, before, after] of [
    ["ten years behind, then set right", -10 * YEAR_MS, 0],
    ["ten years ahead, then set right", 10 * YEAR_MS, 0],
    ["right, then set ten years ahead", 0, 10 * YEAR_MS],
    ["right, then set ten years behind", 0, -10 * YEAR_MS],
    ["always seven years ahead", 7 * YEAR_MS, 7 * YEAR_MS],
  ] as const) {
    it(`is ${what}: what it captured before and after has its right time and order`, async () => {
      wrongBy = before;
      const tab = open();
      await tab.vitrine.ready();
      offline();
      const first = track(tab, "First");
      await origin.advance(20_000);
      wrongBy = after;
      const second = track(tab, "Second");
      await origin.advance(20_000);
      origin.collector.intercept = undefined;
      await origin.settle(tab.vitrine.flush());
      await origin.pass("both came", () => origin.collector.accepted.length === 2);
      expect([named("First").time, named("Second").time]).to.deep.equal([first, second]);
      expect(origin.collector.accepted.some(({ uncertain }) => uncertain)).to.equal(false);
      expect(tab.heard.drop).to.deep.equal([]);
    });
  }

  it("slept over its unsent events: they keep the time of their capture", async () => {
    const tab = open();
    await tab.vitrine.ready();
    offline();
    const before = track(tab, "Before sleep");
    await origin.advance(1000);
    await origin.advance(9 * HOUR_MS);
    slept += 9 * HOUR_MS;
    origin.collector.intercept = undefined;
    await origin.settle(tab.vitrine.flush());
    await origin.pass("it came", () => origin.collector.accepted.length);
    expect(named("Before sleep").time).to.equal(before);
  });

  it("met the collector, went offline and died: the next page sends its events with their right time", async () => {
    wrongBy = -4 * YEAR_MS;
    const tab = open();
    await tab.vitrine.ready();
    track(tab, "Online");
    await origin.settle(tab.vitrine.flush());
    offline();
    await origin.advance(HOUR_MS);
    const captured = track(tab, "Offline");
    await origin.pass("it is stored", () => tab.heard.stored!.length);
    tab.kill();
    wrongBy = 0;
    await origin.advance(50 * HOUR_MS);
    origin.collector.intercept = undefined;
    const next = open();
    await next.vitrine.ready();
    await origin.settle(next.vitrine.flush());
    expect(named("Offline").uncertain).to.equal(undefined);
    expect(named("Offline").time).to.equal(captured);
  });

  it("never met the collector: its events keep their order, are flagged, and lie between what is known", async () => {
    const known = open();
    await known.vitrine.ready();
    const online = track(known, "Online");
    await origin.settle(known.vitrine.flush());
    known.kill();
    offline();
    await origin.advance(HOUR_MS);
    wrongBy = -9 * YEAR_MS;
    const lost = open();
    await lost.vitrine.ready();
    for (const name of ["One", "Two", "Three"]) track(lost, name);
    await origin.pass("they are stored", () => lost.heard.stored!.length === 3);
    lost.kill();
    wrongBy = 0;
    await origin.advance(HOUR_MS);
    origin.collector.intercept = undefined;
    const next = open();
    const opened = origin.now();
    await next.vitrine.ready();
    await origin.settle(next.vitrine.flush());
    const times = ["One", "Two", "Three"].map((name) => named(name));
    expect(times.every(({ uncertain }) => uncertain)).to.equal(true);
    expect(times.every(({ time }) => time >= online && time <= opened)).to.equal(true);
    expect(times[0]!.time <= times[1]!.time && times[1]!.time <= times[2]!.time).to.equal(true);
    expect(next.heard.drop).to.deep.equal([]);
  });
});
