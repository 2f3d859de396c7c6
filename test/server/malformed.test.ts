import assert from "node:assert/strict";
import { connect } from "node:net";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { profileView } from "../../packages/core/src/index.ts";
import { newDevice, NOW, runVitrine, viewed, type Running } from "./support/runVitrine.ts";

const MIB = 1024 * 1024;
const event = (more: object = {}) => ({
  type: "track",
  event: "Product Viewed",
  messageId: `m${Math.random()}`,
  anonymousId: "a",
  ...more,
});

/** Posts a hostile body, and makes sure that the server still takes a good one. */
async function survive(
  server: Running,
  body: string | Uint8Array,
  headers: Record<string, string> = {},
): Promise<number> {
  const answer = await server.post("/v1/batch", body, headers);
  await answer.text();
  const [good] = await server.send([event()]);
  assert.equal(good!.status, "accepted");
  return answer.status;
}

const at = (ms: number) => new Date(ms).toISOString();

describe("a body that is too much", () => {
  it("is a 413 after the bound: 10 MB, announced or not", async (t) => {
    const server = await runVitrine(t);
    assert.equal(await survive(server, "x".repeat(10 * MIB)), 413);
    const stream = new ReadableStream({
      start(controller) {
        for (let i = 0; i < 10; i++) controller.enqueue(new Uint8Array(MIB).fill(0x20));
        controller.close();
      },
    });
    // A client may meet the closed connection before it reads the answer.
    const outcome = await fetch(`${server.url}/v1/batch`, {
      method: "POST",
      body: stream,
      duplex: "half",
    } as RequestInit).then(
      ({ status }) => status,
      () => "reset",
    );
    assert.ok(outcome === 413 || outcome === "reset", String(outcome));
    assert.equal((await server.send([event()]))[0]!.status, "accepted");
  });

  it("is not inflated beyond the bound: 130 kB that would be 128 MiB, nested, and with a lying trailer", async (t) => {
    const server = await runVitrine(t);
    const bomb = gzipSync(Buffer.alloc(128 * MIB));
    const lying = Buffer.concat([bomb.subarray(0, -4), Buffer.from([0xff, 0xff, 0xff, 0xff])]);
    const before = process.memoryUsage().arrayBuffers;
    for (const body of [bomb, lying, gzipSync(bomb), Buffer.concat([bomb, bomb])]) {
      const status = await survive(server, body, { "Content-Encoding": "gzip" });
      assert.ok(status === 413 || status === 400, String(status));
    }
    assert.ok(process.memoryUsage().arrayBuffers - before < 32 * MIB, "memory is flat");
  });

  it("is refused at a depth of 100,000 levels", async (t) => {
    const server = await runVitrine(t);
    const deep = 100_000;
    const bodies = [
      `${"[".repeat(deep)}${"]".repeat(deep)}`,
      `{"batch":${"[".repeat(deep)}`,
      `${'{"a":'.repeat(deep)}1${"}".repeat(deep)}`,
    ];
    for (const body of bodies) assert.ok([400, 413].includes(await survive(server, body)));
    const deepEvent = `{"writeKey":"${server.siteKey}","batch":[{"properties":${'{"a":'.repeat(deep / 2)}1${"}".repeat(deep / 2)}}]}`;
    const answer = await server.post("/v1/batch", deepEvent);
    assert.equal(((await answer.json()) as { results: { reason: string }[] }).results[0]!.reason, "too_deep");
  });

  it("may hold brackets in its texts", async (t) => {
    const server = await runVitrine(t);
    const [result] = await server.send([event({ properties: { query: `${"[{".repeat(2_000)}"\\` } })]);
    assert.equal(result!.status, "accepted");
  });

  it("is refused event by event where only events are at fault", async (t) => {
    const server = await runVitrine(t);
    let nested: object = {};
    for (let i = 0; i < 20; i++) nested = { a: nested };
    const results = await server.send([
      event({ properties: { text: "x".repeat(40_000) } }),
      event({ properties: Object.fromEntries(Array.from({ length: 1_200 }, (_, i) => [`k${i}`, 1])) }),
      event({ properties: nested }),
      event(),
    ]);
    assert.deepEqual(
      results.map(({ reason }) => reason),
      ["too_large", "too_many_keys", "too_deep", undefined],
    );
  });
});

describe("hostile keys", () => {
  it("are data, wherever they stand", async (t) => {
    const server = await runVitrine(t);
    const device = newDevice();
    const hostile =
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"product_id":"__proto__","category":"constructor","hasOwnProperty":1}';
    const body = `{"writeKey":"${server.siteKey}","device":"${device.secret}","__proto__":{"batch":[]},"context":${hostile},"batch":[
      {"type":"track","event":"Product Viewed","messageId":"1","anonymousId":"${device.id}","properties":${hostile},"context":{"writer":{"id":"__proto__","seq":1}},"__proto__":{"type":"x"}},
      {"type":"track","event":"__proto__","messageId":"2","anonymousId":"${device.id}","context":{"writer":{"id":"constructor","seq":1}}},
      {"type":"identify","messageId":"3","anonymousId":"${device.id}","traits":${hostile}},
      {"type":"track","event":"Order Completed","messageId":"__proto__","anonymousId":"${device.id}","userId":"__proto__","properties":{"order_id":"__proto__","products":[${hostile}]}}],
      "finished":[{"id":"__proto__","last":2},{"id":"toString","last":1}]}`;
    const answer = await server.post("/v1/batch", body);
    const { results } = (await answer.json()) as { results: { status: string }[] };
    assert.deepEqual(
      results.map(({ status }) => status),
      ["accepted", "accepted", "accepted", "accepted"],
    );
    assert.equal(({} as { polluted?: number }).polluted, undefined);
    const again = await server.restart();
    const snapshot = await again.profile(device, ["__proto__", "constructor", "toString"]);
    assert.deepEqual(Object.entries(snapshot.received), [
      ["__proto__", [1, 1]],
      ["constructor", [1, 1]],
      ["toString", []],
    ]);
    const view = profileView(snapshot.fold, NOW);
    assert.deepEqual([view.orders[0]!.id, view.lastViewed.product!.id], ["__proto__", "__proto__"]);
    assert.deepEqual(Object.keys(view.traits).sort(), [
      "__proto__",
      "category",
      "constructor",
      "hasOwnProperty",
      "product_id",
    ]);
    assert.equal(({} as { polluted?: number }).polluted, undefined);
  });

  it("in the query name nothing", async (t) => {
    const server = await runVitrine(t);
    for (const query of [
      "site=__proto__",
      "site=constructor",
      "__proto__=1",
      `site=${server.siteKey}&writers=__proto__,constructor`,
    ]) {
      const answer = await fetch(`${server.url}/v1/profile?${query}`, {
        headers: { Authorization: `Bearer ${newDevice().secret}` },
      });
      assert.ok(answer.status === 401 || answer.status === 200);
    }
    for (const path of [
      "/__proto__",
      "/v1/__proto__",
      "/v/__proto__",
      "/v/..%2f..%2fpackage.json",
      "/v/%2e%2e",
      "/v1/%",
      "//",
      "/v/constructor",
    ]) {
      assert.equal((await fetch(server.url + path)).status, 404, path);
    }
  });
});

describe("texts that are odd", () => {
  const bodies: Record<string, string> = {
    "1e400": '{"batch":[1e400]}',
    "a lone surrogate": '{"batch":[{"messageId":"\\ud800"}]}',
    "duplicate keys": '{"batch":[],"batch":[{}]}',
    "forty thousand keys": `{${Array.from({ length: 40_000 }, (_, i) => `"k${i}":1`).join(",")}}`,
    "a BOM": '\ufeff{"batch":[]}',
    nothing: "",
    null: "null",
    "a number": "7",
    NUL: "\0",
  };
  for (const [name, body] of Object.entries(bodies)) {
    it(`are a clear 4xx or stored: ${name}`, async (t) => {
      const server = await runVitrine(t);
      const status = await survive(server, body, { Authorization: `Bearer ${server.siteKey}` });
      assert.ok(status === 200 || (status >= 400 && status < 500), String(status));
    });
  }

  it("do not stop at the parser: requests that are no HTTP", async (t) => {
    const server = await runVitrine(t);
    const { port } = new URL(server.url);
    const lines = [
      "\0\0\0\0",
      "GET",
      "POST /v1/batch HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
      "POST /v1/batch HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
      `GET /${"a".repeat(20_000)} HTTP/1.1\r\n\r\n`,
    ];
    for (const line of lines) {
      await new Promise<void>((resolve) => {
        const socket = connect(Number(port), "127.0.0.1", () => socket.end(line));
        socket
          .resume()
          .on("close", () => resolve())
          .on("error", () => resolve());
      });
    }
    assert.equal((await server.send([event()]))[0]!.status, "accepted");
  });
});

describe("a clock ten years ahead", () => {
  it("does not pin a register", async (t) => {
    const server = await runVitrine(t);
    const device = newDevice();
    const future = NOW + 3650 * 86_400_000;
    await server.send([viewed(device, "w", 1, { timestamp: at(future) })], {
      device: device.secret,
      sentAt: at(future),
    });
    await server.send([viewed(device, "w", 2, { timestamp: at(future) })], { device: device.secret });
    server.clock.now += 1_000;
    await server.send([viewed(device, "w", 3, { timestamp: at(NOW + 1_000) })], { device: device.secret });
    assert.equal(profileView((await server.profile(device)).fold, NOW).lastViewed.product!.id, "p3");
  });
});
