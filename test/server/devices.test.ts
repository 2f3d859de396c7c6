import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Accounting } from "../../packages/server/src/console/accounting.ts";
import type { DeviceDetails, DeviceRow } from "../../packages/server/src/console/devices.ts";
import { decodeEntry } from "../../packages/server/src/ingest/logEntry.ts";
import { applyEntry, emptyRow } from "../../packages/server/src/ingest/row.ts";
import { newDevice, NOW, runVitrine, viewed, type Device, type Running } from "./support/runVitrine.ts";

async function ask<T>(running: Running, path: string): Promise<T> {
  const headers = { Authorization: `Bearer ${running.secretKey}` };
  const answer = await fetch(`${running.url}/v1/admin${path}`, { headers });
  assert.equal(answer.status, 200, path);
  return (await answer.json()) as T;
}

interface Listed {
  items: DeviceRow[];
  next: string | null;
  published: number | null;
}

const list = (running: Running, query = "") => ask<Listed>(running, `/devices${query}`);
const read = (running: Running, { id }: Device) => ask<DeviceDetails>(running, `/devices/${id}`);
const account = (running: Running) => ask<Accounting>(running, "/accounting");

const dropped = (device: Device, seq: number, properties: object) =>
  viewed(device, "v", seq, { event: "Events Dropped", properties });

/** What of an account is not stored. */
const rest = ({ queued, dropped, gaps, unsettled }: Accounting) => ({ queued, dropped, gaps, unsettled });

describe("a device", () => {
  it("says what it still holds and by which rules it goes", async (t) => {
    const running = await runVitrine(t);
    const device = newDevice();
    const context = { writer: { id: "w", seq: 2 }, channel: "web" };
    await running.send([viewed(device, "w", 1), viewed(device, "w", 2, { context })], {
      device: device.secret,
      queued: 7,
      rules: 1,
    });
    const { items, published } = await list(running);
    assert.deepEqual(items, [
      {
        id: device.id,
        lastSeen: NOW,
        channel: "web",
        queued: 7,
        rules: 1,
        dropped: 0,
        missing: 0,
        unsettled: 0,
      },
    ]);
    assert.equal(published, 1);
    const { created, accounted, queued } = await account(running);
    assert.deepEqual([created, accounted, queued], [9, 9, 7]);
    await running.send([viewed(device, "w", 3)], { device: device.secret, queued: 0 });
    assert.deepEqual((await list(running)).items[0]!.queued, 0);
    assert.deepEqual(rest(await account(running)), { queued: 0, dropped: 0, gaps: 0, unsettled: 0 });
  });

  it("accounts for each of its events once: here, on it, dropped with a reason, or missing", async (t) => {
    const running = await runVitrine(t);
    const device = newDevice();
    const send = (seqs: number[], more: object = {}) =>
      running.send(
        seqs.map((seq) => viewed(device, "w", seq)),
        { device: device.secret, ...more },
      );
    await send([1, 2, 3], { queued: 5 });
    assert.deepEqual(rest(await account(running)), { queued: 5, dropped: 0, gaps: 0, unsettled: 0 });
    await send([8], { queued: 2 }); // 4 to 7 are not here, and two of them are said to be there
    assert.deepEqual(rest(await account(running)), { queued: 2, dropped: 0, gaps: 0, unsettled: 2 });
    await running.send([dropped(device, 1, { reason: "no_space", writer: "w", seqs: [3, 5] })], {
      device: device.secret,
      queued: 0,
    }); // 3 is here all the same
    assert.deepEqual(rest(await account(running)), { queued: 0, dropped: 2, gaps: 0, unsettled: 2 });
    await send([8], { queued: 0, finished: [{ id: "w", last: 9 }] });
    assert.deepEqual(rest(await account(running)), { queued: 0, dropped: 2, gaps: 3, unsettled: 0 });
    assert.deepEqual((await read(running, device)).gaps, [{ writer: "w", count: 3, missing: [6, 7, 9, 9] }]);
    await send([7]); // late, and welcome
    const { created, accounted, accepted, drops } = await account(running);
    assert.deepEqual({ created, accounted, accepted }, { created: 10, accounted: 8, accepted: 6 });
    assert.deepEqual(drops, { no_space: 2 });
    const { missing, writers, drops: own } = await read(running, device);
    assert.deepEqual([missing, writers, own], [2, 2, { no_space: 2 }]);
  });

  it("is the same after a restart, and after its log is replayed", async (t) => {
    const running = await runVitrine(t);
    const device = newDevice();
    const more = { device: device.secret, queued: 3, rules: 1 };
    await running.send([viewed(device, "w", 1), viewed(device, "w", 5)], more);
    const reports = [dropped(device, 1, { reason: "refused", writer: "w", seqs: [2, 2] })];
    await running.send(reports, { ...more, queued: 1 });
    const before = await read(running, device);
    assert.deepEqual([before.queued, before.drops, before.unsettled], [1, { refused: 1 }, 1]);
    const { rows, log } = running.vitrine.services.collector;
    const identity = `anonymous:${device.id}`;
    const replayed = emptyRow();
    for (const { batchId, body, receivedAt } of log.after("default", identity, 0))
      applyEntry(replayed, decodeEntry(body), batchId, receivedAt);
    assert.deepEqual(replayed, rows.read("default", identity));
    const restarted = await running.restart();
    assert.deepEqual(await read(restarted, device), before);
    assert.deepEqual(rest(await account(restarted)), { queued: 1, dropped: 1, gaps: 0, unsettled: 1 });
  });

  it("is one that certified itself: nobody else speaks for it, and a server is none", async (t) => {
    const running = await runVitrine(t);
    const device = newDevice();
    await running.send([viewed(device, "w", 1)], { queued: 4 });
    await running.send([viewed({ ...device, id: "a_foreign" }, "w", 2)], { queued: 4 });
    await running.send([dropped(device, 3, { reason: "no_space", writer: "w", seqs: [1, 2] })], {
      writeKey: running.secretKey,
    });
    await running.send([dropped(device, 4, { reason: "x".repeat(99), writer: "w", seqs: [8, 8] })], {
      writeKey: running.secretKey,
    });
    assert.equal((await account(running)).queued, 0);
    assert.deepEqual(Object.keys((await account(running)).drops).sort(), ["no_space", "other"]);
    const answer = await fetch(`${running.url}/v1/admin/devices/a_foreign`, {
      headers: { Authorization: `Bearer ${running.secretKey}` },
    });
    assert.equal(answer.status, 404);
  });
});

describe("the list of devices", () => {
  it("has each once, the one that spoke last first, over pages; or only those with something missing", async (t) => {
    const running = await runVitrine(t);
    const devices = Array.from({ length: 5 }, newDevice);
    for (const round of [1, 2])
      for (const [at, device] of devices.entries())
        await running.send([viewed(device, "w", round)], { device: device.secret, queued: at % 2 });
    const newestFirst = devices.map(({ id }) => id).toReversed();
    const found: string[] = [];
    for (let after: string | null = ""; after !== null;) {
      const page: Listed = await list(running, `?limit=2${after && `&after=${after}`}`);
      found.push(...page.items.map(({ id }) => id));
      after = page.next;
    }
    assert.deepEqual(found, newestFirst);
    const troubled = await list(running, "?only=trouble");
    assert.deepEqual(
      troubled.items.map(({ id }) => id),
      [devices[3]!.id, devices[1]!.id],
    );
  });
});
