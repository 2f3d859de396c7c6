import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { newDevice, runVitrine, viewed, type Device, type Running } from "./support/runVitrine.ts";
import { openStream } from "./support/openStream.ts";

const urlOf = (server: Running) => `${server.url}/v1/stream?site=${server.siteKey}`;
const bearer = (device: Device) => ({ Authorization: `Bearer ${device.secret}` });
const view = (server: Running, device: Device, seq: number) =>
  server.send([viewed(device, "w", seq)], { device: device.secret });

describe("GET /v1/stream", () => {
  it("tells the state on connect, and each newer one", async (t) => {
    const server = await runVitrine(t);
    const device = newDevice();
    await view(server, device, 1);
    const stream = await openStream(t, urlOf(server), bearer(device));
    const first = await stream.next();
    assert.equal(first.data.revision, (await server.profile(device)).revision);
    assert.equal(first.id, `${first.data.revision}.${first.data.rules}`);
    assert.match(stream.text(), /^retry: [1-5]\d{3}$/m);
    await view(server, device, 2);
    const second = await stream.next();
    assert.ok(second.data.revision > first.data.revision);
    assert.equal(second.data.revision, (await server.profile(device)).revision);
  });

  it("resumes: says nothing where nothing changed, and the newest where something did", async (t) => {
    const server = await runVitrine(t);
    const device = newDevice();
    await view(server, device, 1);
    const before = await openStream(t, urlOf(server), bearer(device));
    const { id } = await before.next();
    before.close();
    const quiet = await openStream(t, urlOf(server), { ...bearer(device), "Last-Event-ID": id });
    await view(server, device, 2);
    await view(server, device, 3);
    const { revision } = await server.profile(device);
    const late = await openStream(t, urlOf(server), { ...bearer(device), "Last-Event-ID": id });
    assert.equal((await late.next()).data.revision, revision, "one message, however many were missed");
    let message = await quiet.next();
    assert.notEqual(message.id, id);
    while (message.data.revision < revision) message = await quiet.next();
  });

  it("tells nobody else", async (t) => {
    const server = await runVitrine(t);
    const [one, two] = [newDevice(), newDevice()];
    const stream = await openStream(t, urlOf(server), bearer(two));
    await stream.next();
    await view(server, one, 1);
    await view(server, two, 1);
    assert.equal((await stream.next()).data.revision, (await server.profile(two)).revision);
  });

  it("follows a join to the other devices of the person, and an undo back", async (t) => {
    const server = await runVitrine(t);
    const [phone, laptop] = [newDevice(), newDevice()];
    const byServer = (messageId: string, device: Device) =>
      server.send([{ type: "page", messageId, userId: "anna", anonymousId: device.id }], {
        writeKey: server.secretKey,
      });
    await byServer("1", phone);
    const stream = await openStream(t, urlOf(server), bearer(phone));
    await stream.next();
    await byServer("2", laptop);
    const joined = await stream.next();
    await view(server, laptop, 1);
    let message = await stream.next();
    const { revision } = await server.profile(phone);
    while (message.data.revision < revision) message = await stream.next();
    assert.ok(revision > joined.data.revision);
    const { collector } = server.vitrine.services;
    const join = collector.graph.joinsOf("default", [`anonymous:${laptop.id}`])[0]!;
    await collector.undoJoin("default", join.id, "test");
    message = await stream.next();
    assert.equal(message.data.revision, (await server.profile(phone)).revision);
    assert.ok((await server.profile(phone)).fold.recent === undefined, "the laptop's events are gone again");
  });

  it("tells of rules without a device", async (t) => {
    const server = await runVitrine(t);
    const stream = await openStream(t, urlOf(server));
    const first = await stream.next();
    assert.equal(first.data.revision, 0);
    server.vitrine.services.hub.publish({ kind: "rules", siteId: "default", version: first.data.rules + 5 });
    assert.deepEqual((await stream.next()).data, { revision: 0, rules: first.data.rules + 5 });
  });

  it("lets in nobody with a wrong key or secret", async (t) => {
    const server = await runVitrine(t);
    const codes = [];
    for (const [query, headers] of [
      ["", {}],
      ["?site=vs_wrong", {}],
      [`?site=${server.siteKey}`, { Authorization: "Bearer short" }],
      [`?site=${server.siteKey}`, { Authorization: `Basic ${newDevice().secret}` }],
    ] as [string, Record<string, string>][]) {
      codes.push((await fetch(`${server.url}/v1/stream${query}`, { headers })).status);
    }
    assert.deepEqual(codes, [401, 401, 401, 401]);
  });

  it("has room for so many, and says when to come back", async (t) => {
    const server = await runVitrine(t, { limits: { maxStreams: 1 } });
    await (await openStream(t, urlOf(server))).next();
    const refused = await fetch(urlOf(server));
    assert.equal(refused.status, 503);
    assert.ok(Number(refused.headers.get("retry-after")) >= 1);
  });
});
