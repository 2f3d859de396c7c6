import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { newDevice, runVitrine, viewed, type Running } from "./support/runVitrine.ts";

const statuses = (results: { status: string }[]) => results.map(({ status }) => status);
const counters = (server: Running) => server.vitrine.services.collector.counters.all("default");

const unvouched = (messageId: string) => ({
  type: "page",
  messageId,
  anonymousId: "a",
  context: { writer: { id: "w", seq: 1 } },
});

describe("a repeated event", () => {
  it("of a device is known by its writer and seq, across requests and restarts", async (t) => {
    let server = await runVitrine(t);
    const device = newDevice();
    const batch = [1, 2, 3].map((seq) => viewed(device, "w", seq));
    const more = { device: device.secret };
    assert.deepEqual(statuses(await server.send(batch, more)), ["accepted", "accepted", "accepted"]);
    assert.deepEqual(
      statuses(await server.send([...batch, viewed(device, "w", 4)], more)).at(-1),
      "accepted",
    );
    server = await server.restart();
    const again = await server.send([...batch, viewed(device, "w", 5)], more);
    assert.deepEqual(statuses(again), ["duplicate", "duplicate", "duplicate", "accepted"]);
    assert.deepEqual((await server.profile(device, ["w"])).received, { w: [1, 5] });
  });

  it("of a foreign client is known by its message id, within its identity", async (t) => {
    let server = await runVitrine(t);
    const event = { type: "page", messageId: "same", anonymousId: "a" };
    assert.deepEqual(statuses(await server.send([event, event, { ...event, anonymousId: "b" }])), [
      "accepted",
      "duplicate",
      "accepted",
    ]);
    server = await server.restart();
    assert.deepEqual(statuses(await server.send([event])), ["duplicate"]);
  });

  it("is not told from a new one by a writer that nobody vouches for", async (t) => {
    const server = await runVitrine(t);
    assert.deepEqual(statuses(await server.send([unvouched("x"), unvouched("y")])), ["accepted", "accepted"]);
  });

  it("of ten concurrent requests is accepted once", async (t) => {
    const server = await runVitrine(t);
    const device = newDevice();
    const sent = await Promise.all(
      Array.from({ length: 10 }, () => server.send([viewed(device, "w", 1)], { device: device.secret })),
    );
    assert.equal(sent.flat().filter(({ status }) => status === "accepted").length, 1);
    assert.equal(counters(server).accepted, 1);
  });
});

describe("the account of a writer", () => {
  it("has no gap where an event was rejected", async (t) => {
    const server = await runVitrine(t);
    const device = newDevice();
    await server.send(
      [
        viewed(device, "w", 1),
        viewed(device, "w", 2, { event: "" }),
        viewed(device, "w", 3, { timestamp: "2001-01-01" }),
      ],
      {
        device: device.secret,
      },
    );
    assert.deepEqual((await server.profile(device, ["w"])).received, { w: [1, 3] });
  });

  it("counts what a finished writer never delivered, until it comes after all", async (t) => {
    const server = await runVitrine(t);
    const device = newDevice();
    const more = { device: device.secret, finished: [{ id: "w", last: 4 }] };
    await server.send([viewed(device, "w", 1), viewed(device, "w", 2)], more);
    assert.equal(counters(server).gaps, 2);
    await server.send([], more);
    assert.equal(counters(server).gaps, 2, "the same word again counts nothing");
    await server.send([viewed(device, "w", 3)], more);
    assert.equal(counters(server).gaps, 1);
    await server.send([viewed(device, "w", 4)], more);
    assert.equal(counters(server).gaps, 0);
    const complete = await server.profile(device, ["w", "unknown"]);
    assert.deepEqual(complete.received, { w: [1, Number.MAX_SAFE_INTEGER], unknown: [] });
  });

  it("has no gap where the device says what it dropped", async (t) => {
    const server = await runVitrine(t);
    const device = newDevice();
    const report = { reason: "quota", count: 3, writer: "w", seqs: [2, 4] };
    await server.send(
      [
        viewed(device, "w", 1),
        viewed(device, "w", 5),
        viewed(device, "v", 1, { event: "Events Dropped", properties: report }),
      ],
      {
        device: device.secret,
        finished: [{ id: "w", last: 5 }],
      },
    );
    assert.deepEqual([counters(server).gaps ?? 0, counters(server)["dropped:other"]], [0, 3]);
    assert.deepEqual((await server.profile(device, ["w"])).received.w, [1, Number.MAX_SAFE_INTEGER]);
  });

  it("cannot be blown up: ranges are bounded, and absurd reports change nothing", async (t) => {
    const server = await runVitrine(t);
    const device = newDevice();
    const absurd = [[1, 9e15], [5, 1], [1, 2, 2, 3], [-1, 4], ["1", 2], [1], [0.5, 2]];
    await server.send(
      absurd.map((seqs, i) =>
        viewed(device, "v", i + 1, { event: "Events Dropped", properties: { writer: "w", seqs } }),
      ),
      { device: device.secret },
    );
    assert.deepEqual((await server.profile(device, ["w"])).received.w, []);
    const spread = (from: number) =>
      Array.from({ length: 400 }, (_, i) => viewed(device, "s", (from + i) * 2));
    const results = [];
    for (const from of [1, 401, 801])
      results.push(...(await server.send(spread(from), { device: device.secret })));
    assert.equal(results.filter(({ status }) => status === "accepted").length, 1000);
    assert.equal(results.at(-1)!.reason, "bad_writer");
  });

  it("is exact: accepted + duplicate + rejected are the events sent", async (t) => {
    const server = await runVitrine(t);
    const device = newDevice();
    const batch = [
      viewed(device, "w", 1),
      viewed(device, "w", 1),
      viewed(device, "w", 2, { event: "" }),
      viewed(newDevice(), "x", 1),
    ];
    await server.send(batch, { device: device.secret });
    const { accepted = 0, duplicate = 0, ...others } = counters(server);
    assert.deepEqual(
      [accepted, duplicate, others],
      [1, 1, { "rejected:missing_name": 1, "rejected:device_proof_required": 1 }],
    );
  });
});
