import assert from "node:assert/strict";
import { it } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { runVitrine } from "./support/runVitrine.ts";

const MIB = 1024 * 1024;

const ROUNDS = 24;

/** Rounds that are compared, the last ones with those after the first half: until then caches fill, code is compiled. */
const COMPARED = 8;

/** Below what one round of bodies holds (11 MiB), far above what a collection leaves lying. */
const MAX_GROWTH = 8 * MIB;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const held = async () => {
  // What a collection finds dead may hold more, such as a socket that is closed a turn later.
  for (let again = 0; again < 3; again++) {
    await turn();
    collect();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

// Server and client share this process; what stays after a collection is what somebody keeps.
it("keeps nothing of what hostile clients send, round after round", async (t) => {
  const server = await runVitrine(t);
  const key = server.siteKey;
  const deep = "[".repeat(100_000);
  const bodies: [string | Uint8Array, Record<string, string>?][] = [
    ["x".repeat(10 * MIB)],
    [gzipSync(Buffer.alloc(16 * MIB)), { "Content-Encoding": "gzip" }],
    [`{"writeKey":"${key}","batch":[${deep}`],
    [`{"writeKey":"${key}","batch":[{"type":"track","event":"${"y".repeat(500_000)}"}]}`],
    [`{"writeKey":"${key}","batch":[${Array.from({ length: 500 }, () => '{"type":"x"}').join()}]}`],
    [`{"writeKey":"vs_nobody","batch":[{"type":"track","event":"A","messageId":"1","anonymousId":"a"}]}`],
    [`{"writeKey":"${key}","__proto__":{"a":1},"batch":[{"__proto__":{"type":"track"}}]}`],
    ["{"],
  ];
  const round = async () => {
    for (const [body, headers] of bodies) {
      // A body over the bound is cut off while it is still sent.
      const answer = await server.post("/v1/batch", body, headers).catch(() => undefined);
      await answer?.text();
      assert.ok(!answer || answer.status < 500, String(answer?.status));
    }
  };
  const after: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    await round();
    after.push(await held());
  }
  const least = (from: number) => Math.min(...after.slice(from, from + COMPARED));
  const grown = least(ROUNDS - COMPARED) - least(ROUNDS / 2);
  t.diagnostic(`grown by ${Math.round(grown / 1024)} KiB from one ${COMPARED} rounds to the next`);
  assert.ok(grown < MAX_GROWTH, `${grown} bytes`);
});
