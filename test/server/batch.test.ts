import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { newDevice, NOW, runVitrine, viewed } from "./support/runVitrine.ts";

const foreign = (messageId: string, more: object = {}) => ({
  type: "track",
  event: "Product Viewed",
  messageId,
  anonymousId: "foreign-visitor",
  properties: { product_id: "p1" },
  ...more,
});

const at = (ms: number) => new Date(ms).toISOString();

describe("POST /v1/batch", () => {
  it("answers for every event, in the order of the request", async (t) => {
    const server = await runVitrine(t);
    const device = newDevice();
    const results = await server.send(
      [
        viewed(device, "w", 1),
        viewed(device, "w", 2, { event: undefined }),
        viewed(device, "w", 1),
        viewed(device, "w", 3, { timestamp: "the day before" }),
        viewed(device, "w", 4, { type: "clicked" }),
        "no event",
      ],
      { device: device.secret },
    );
    assert.deepEqual(
      results.map(({ messageId, status, reason }) => [messageId, status, reason]),
      [
        ["w-1", "accepted", undefined],
        ["w-2", "rejected", "missing_name"],
        ["w-1", "duplicate", undefined],
        ["w-3", "rejected", "bad_timestamp"],
        ["w-4", "rejected", "unknown_type"],
        ["", "rejected", "malformed"],
      ],
    );
    assert.equal(results[0]!.time, NOW - 60_000 + 1);
  });

  it("takes the key from the body, as Bearer, and as Segment's Basic", async (t) => {
    const server = await runVitrine(t);
    const basic = `Basic ${Buffer.from(`${server.siteKey}:`).toString("base64")}`;
    const ways = [
      { writeKey: server.siteKey },
      { Authorization: `Bearer ${server.siteKey}` },
      { Authorization: basic },
    ];
    for (const [i, { writeKey, Authorization }] of ways.entries()) {
      const headers: Record<string, string> = Authorization ? { Authorization } : {};
      const answer = await server.post("/v1/batch", { writeKey, batch: [foreign(`m${i}`)] }, headers);
      assert.equal(answer.status, 200);
    }
  });

  it("inflates gzip", async (t) => {
    const server = await runVitrine(t);
    const body = gzipSync(
      JSON.stringify({ writeKey: server.siteKey, batch: [foreign("m1"), foreign("m2")] }),
    );
    const answer = await server.post("/v1/batch", body, {
      "Content-Encoding": "gzip",
      "Content-Type": "application/json",
    });
    const { results } = (await answer.json()) as { results: { status: string }[] };
    assert.deepEqual(
      results.map(({ status }) => status),
      ["accepted", "accepted"],
    );
  });

  it("answers the single-event paths, long and short, as Segment does", async (t) => {
    const server = await runVitrine(t);
    const paths = ["track", "t", "page", "p", "identify", "i", "screen", "s", "group", "g", "alias", "a"];
    for (const path of paths) {
      const event = {
        ...foreign(path),
        type: undefined,
        groupId: "g",
        userId: "u",
        previousId: "before",
        name: "Home",
      };
      const answer = await server.post(`/v1/${path}`, { writeKey: server.siteKey, ...event });
      const { success, results } = (await answer.json()) as {
        success: boolean;
        results: { status: string }[];
      };
      assert.deepEqual([answer.status, success, results[0]?.status], [200, true, "accepted"], path);
    }
  });

  it("corrects a clock that is clearly wrong, and never stores a time after the arrival", async (t) => {
    const server = await runVitrine(t);
    const tenYears = 3650 * 86_400_000;
    const cases: [timestamp: number, sentAt: number, time: number][] = [
      [NOW - 5_000, NOW, NOW - 5_000],
      [NOW - 5_000 + 30_000, NOW + 30_000, NOW], // 30 s may be the network: not corrected, but cut
      [NOW + tenYears - 5_000, NOW + tenYears, NOW - 5_000],
      [NOW - tenYears - 5_000, NOW - tenYears, NOW - 5_000],
      [NOW + tenYears, NOW, NOW],
    ];
    for (const [i, [timestamp, sentAt, time]] of cases.entries()) {
      const [result] = await server.send([foreign(`m${i}`, { timestamp: at(timestamp) })], {
        sentAt: at(sentAt),
      });
      assert.deepEqual([result!.status, result!.time], ["accepted", time], `case ${i}`);
    }
    const [old] = await server.send([foreign("old", { timestamp: at(NOW - 91 * 86_400_000) })]);
    assert.equal(old!.reason, "too_old");
  });

  it("takes times as given from a secret key only", async (t) => {
    const server = await runVitrine(t);
    const timestamp = "2020-01-01T00:00:00.000Z";
    const event = foreign("m", { timestamp });
    const [bySite] = await server.send([event], { timesAsGiven: true });
    const [bySecret] = await server.send([event], { timesAsGiven: true, writeKey: server.secretKey });
    assert.equal(bySite!.reason, "too_old");
    assert.equal(bySecret!.time, Date.parse(timestamp));
  });

  it("turns a foreign client's cart differences into quantities, and says that they are approximate", async (t) => {
    const server = await runVitrine(t);
    const line = { product_id: "coat", quantity: 2 };
    await server.send([
      foreign("a", { event: "Product Added", properties: line }),
      foreign("b", {
        event: "Product Added",
        properties: { ...line, quantity: 1 },
        timestamp: new Date(NOW - 1).toISOString(),
      }),
      foreign("c", { event: "Product Removed", properties: { ...line, quantity: 1 } }),
    ]);
    const { fold } = server.vitrine.services.collector.rows.read("default", "anonymous:foreign-visitor")!;
    const [register] = Object.values(fold.cart!);
    assert.deepEqual([register!.v.quantity, register!.v.approximate], [1, true]);
  });
});

describe("a request that is wrong as a whole", () => {
  const cases: [
    name: string,
    status: number,
    code: string,
    body: unknown,
    headers?: Record<string, string>,
  ][] = [
    ["no JSON", 400, "malformed_json", "{"],
    ["no batch", 400, "malformed_json", { writeKey: "$" }],
    ["an unknown key", 401, "unknown_key", { writeKey: "vs_nobody", batch: [] }],
    ["no key", 401, "unknown_key", { batch: [] }],
    ["501 events", 413, "too_large", { writeKey: "$", batch: Array.from({ length: 501 }, () => ({})) }],
    ["a form", 415, "unknown_type", "a=1", { "Content-Type": "application/x-www-form-urlencoded" }],
    ["brotli", 415, "unknown_encoding", "x", { "Content-Encoding": "br" }],
    ["gzip twice", 415, "unknown_encoding", "x", { "Content-Encoding": "gzip, gzip" }],
    ["no gzip", 400, "malformed_gzip", "x", { "Content-Encoding": "gzip" }],
    ["UTF-8 cut short", 400, "malformed_json", new Uint8Array([0x22, 0xc3, 0x22])],
  ];
  for (const [name, status, code, body, headers = {}] of cases) {
    it(`is told so as a problem: ${name}`, async (t) => {
      const server = await runVitrine(t);
      const text =
        body instanceof Uint8Array
          ? body
          : (typeof body === "string" ? body : JSON.stringify(body)).replace("$", server.siteKey);
      const answer = await server.post("/v1/batch", text, headers);
      const problem = (await answer.json()) as Record<string, unknown>;
      assert.deepEqual([answer.status, problem.code, problem.status], [status, code, status]);
      assert.equal(answer.headers.get("content-type"), "application/problem+json");
      assert.ok(problem.type && problem.title && problem.detail);
    });
  }

  it("is a 404 or 405 where there is nothing", async (t) => {
    const server = await runVitrine(t);
    assert.equal((await fetch(`${server.url}/v1/nothing`)).status, 404);
    const wrong = await fetch(`${server.url}/v1/batch`);
    assert.deepEqual([wrong.status, wrong.headers.get("allow")], [405, "POST"]);
  });
});
