import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { profileView } from "../../packages/core/src/index.ts";
import { newDevice, NOW, runVitrine, viewed, type Device } from "./support/runVitrine.ts";

const YEAR = 365 * 86_400_000;
const HOUR = 3_600_000;

/** A page load of the SDK by its clocks: `opened` on the true clock, the wall clock wrong by `wrongBy`. */
function pageOf(device: Device, writer: string, opened: number, wrongBy: number) {
  return {
    event: (seq: number, truth: number, wrong = wrongBy) => {
      const clock = { at: truth - opened, origin: opened + wrong };
      const timestamp = new Date(truth + wrong).toISOString();
      return viewed(device, writer, seq, { timestamp, context: { writer: { id: writer, seq }, clock } });
    },
    frame: (truth: number, wrong = wrongBy) => ({
      device: device.secret,
      sentAt: new Date(truth + wrong).toISOString(),
      clock: { writer, at: truth - opened },
    }),
  };
}

describe("times of pages whose clocks are wrong", () => {
  it("are right within the page that jumped, and in what a later page brings of it, after a restart as well", async (t) => {
    let server = await runVitrine(t);
    const device = newDevice();
    const page = pageOf(device, "jumping", NOW - HOUR, 10 * YEAR);
    const [early, late] = await server.send(
      [page.event(1, NOW - 50_000), page.event(2, NOW - 10_000, 0)],
      page.frame(NOW, 0),
    );
    assert.deepEqual([early!.time, late!.time], [NOW - 50_000, NOW - 10_000]);

    server = await server.restart();
    server.clock.now = NOW + 70 * HOUR;
    const next = pageOf(device, "next", NOW + 69 * HOUR, -3 * YEAR);
    const [left] = await server.send([page.event(3, NOW + 2 * HOUR, 0)], next.frame(server.clock.now));
    assert.deepEqual(left, {
      messageId: "jumping-3",
      status: "accepted",
      time: NOW + 2 * HOUR,
    });
  });

  it("are not moved by half a minute on the way, nor by a clock half a minute off", async (t) => {
    const server = await runVitrine(t);
    const device = newDevice();
    const page = pageOf(device, "slow", NOW - HOUR, 20_000);
    const [slow] = await server.send([page.event(1, NOW - HOUR + 500)], page.frame(NOW - 30_000));
    assert.equal(slow!.time, NOW - HOUR + 500 + 20_000, "the client's word");
  });

  it("are flagged where the page load never met the collector, in answer, live list and timeline, and never refused", async (t) => {
    const server = await runVitrine(t);
    const device = newDevice();
    const first = pageOf(device, "first", NOW - 5 * HOUR, 0);
    await server.send([first.event(1, NOW - 5 * HOUR)], first.frame(NOW));
    const lost = pageOf(device, "lost", NOW - 2 * HOUR, -10 * YEAR);
    const next = pageOf(device, "next", NOW - 1000, 0);
    const results = await server.send(
      [lost.event(1, NOW - HOUR), lost.event(2, NOW - HOUR + 5), next.event(1, NOW - 500)],
      next.frame(NOW),
    );
    assert.deepEqual(
      results.map(({ status, uncertain, time }) => [status, uncertain, time]),
      [
        ["accepted", true, NOW - 5 * HOUR],
        ["accepted", true, NOW - 5 * HOUR],
        ["accepted", undefined, NOW - 500],
      ],
    );
    const headers = { Authorization: `Bearer ${server.secretKey}` };
    const ask = async (path: string) => (await fetch(`${server.url}/v1/admin${path}`, { headers })).json();
    const { items } = (await ask("/events?limit=10")) as { items: { event: { uncertain?: boolean } }[] };
    assert.equal(items.filter(({ event }) => event.uncertain).length, 2);
    const { timeline } = (await ask(`/customers/anonymous/${device.id}`)) as {
      timeline: { event: { messageId: string; uncertain?: boolean } }[];
    };
    assert.deepEqual(
      timeline.filter(({ event }) => event.uncertain).map(({ event }) => event.messageId),
      ["lost-2", "lost-1"],
    );
  });

  it("pin no register in the future: what was really looked at last stays last", async (t) => {
    const server = await runVitrine(t);
    const device = newDevice();
    const ahead = pageOf(device, "ahead", NOW - HOUR, 10 * YEAR);
    server.clock.now = NOW - HOUR + 100;
    await server.send([ahead.event(1, NOW - HOUR + 1)], ahead.frame(NOW - HOUR + 100));
    server.clock.now = NOW;
    const next = pageOf(device, "next", NOW - 1000, 0);
    await server.send([next.event(2, NOW - 500)], next.frame(NOW));
    const { fold } = await server.profile(device);
    assert.equal(fold.newest, NOW - 500);
    assert.equal(profileView(fold, NOW).lastViewed.product?.id, "p2");
  });

  it("ignores clocks that are none", async (t) => {
    const server = await runVitrine(t);
    const device = newDevice();
    const context = { writer: { id: "w", seq: 1 }, clock: { at: 1e300, origin: -1e300 } };
    for (const clock of [{ at: -1 }, { at: "soon" }, { at: null }, 7, [], { writer: "a b", at: 5 }]) {
      const event = { ...viewed(device, "w", 1, { context }), messageId: JSON.stringify(clock) };
      const [result] = await server.send([event], { device: device.secret, clock });
      assert.match(result!.status, /accepted|duplicate/);
    }
  });
});
