import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { describe, it } from "node:test";
import { createRateLimit } from "../../packages/server/src/http/rateLimit.ts";
import { newDevice, runVitrine, viewed } from "./support/runVitrine.ts";

describe("a caller who asks too much", () => {
  it("is told 429 and when to come back, and others are served", async (t) => {
    const server = await runVitrine(t, { limits: { requestsPerSecond: 1 } });
    const [loud, quiet] = [newDevice(), newDevice()];
    const send = (seq: number, device = loud) =>
      server.post("/v1/batch", {
        writeKey: server.siteKey,
        device: device.secret,
        batch: [viewed(device, "w", seq)],
      });
    const codes = [];
    for (let seq = 1; seq <= 11; seq++) codes.push((await send(seq)).status);
    assert.deepEqual(codes, [...Array<number>(10).fill(200), 429]);
    const refused = await send(12);
    assert.equal(refused.headers.get("retry-after"), "1");
    assert.equal((await send(1, quiet)).status, 200);
    server.clock.now += 1_000;
    assert.equal((await send(13)).status, 200);
  });

  it("cannot get around it with new devices from one address", async (t) => {
    const server = await runVitrine(t, { limits: { eventsPerSecond: 1 } });
    let refused = 0;
    for (let i = 0; i < 300; i++) {
      const device = newDevice();
      const answer = await server.post("/v1/batch", {
        writeKey: server.siteKey,
        device: device.secret,
        batch: [viewed(device, "w", 1), viewed(device, "w", 2)],
      });
      if (answer.status === 429) refused++;
    }
    assert.equal(refused, 50);
  });

  it("is not limited with a secret key", async (t) => {
    const server = await runVitrine(t, { limits: { requestsPerSecond: 1 } });
    for (let i = 0; i < 20; i++)
      await server.send([{ type: "page", messageId: `${i}`, userId: "u" }], { writeKey: server.secretKey });
  });
});

describe("a token bucket", () => {
  it("fills steadily, holds ten seconds' worth, and grants at most a bucket at once", () => {
    let now = 0;
    const limit = createRateLimit(2, () => now);
    assert.deepEqual([limit.take("a", 20), limit.take("a", 1), limit.take("b", 1)], [0, 0.5, 0]);
    now = 500;
    assert.deepEqual([limit.take("a", 1), limit.take("a", 4)], [0, 2]);
    now = 1e9;
    assert.deepEqual([limit.take("a", 1000), limit.take("a", 1)], [0, 490.5]);
    now = 0; // a clock that goes back neither fills nor empties
    assert.equal(limit.take("a", 1), 490.5);
  });
});

describe("a server that has too much to do", () => {
  it("sheds with 503 before it reads the body", async (t) => {
    const server = await runVitrine(t, { limits: { maxQueue: 0 } });
    const answer = await server.post("/v1/batch", { writeKey: server.siteKey, batch: [] });
    assert.equal(answer.status, 503);
    assert.ok(Number(answer.headers.get("retry-after")) >= 1);
    assert.equal((await fetch(`${server.url}/ready`)).status, 503);
    assert.equal((await fetch(`${server.url}/health`)).status, 200);
  });
});

describe("a client that is slow", () => {
  const starts: Record<string, string> = {
    "to send anything": "",
    "to end its head": "POST /v1/batch HTTP/1.1\r\nHost: a\r\nX-",
    "to end its body": "POST /v1/batch HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{",
  };
  for (const [name, start] of Object.entries(starts)) {
    it(`${name} is hung up on`, async (t) => {
      const server = await runVitrine(t, { limits: { requestTimeoutMs: 1_000 } });
      const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
      t.after(() => socket.destroy());
      socket.write(start);
      socket.resume();
      await once(socket, "close");
      assert.equal((await fetch(`${server.url}/health`)).status, 200);
    });
  }
});
