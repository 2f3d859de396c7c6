// A shell that is killed in the middle of its writing: whatever it promised is there, and nobody can read it there.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { filesWith } from "../../mirror/support/running.ts";
import { createBench, type Bench } from "../support/outboxes.ts";

const CHILD = fileURLToPath(new URL("../support/outboxChild.ts", import.meta.url));
const KILLS = Number(process.env["OUTBOX_KILLS"] ?? 8);

/** Runs a shell, and kills it at some moment after so many promises. @returns what it had promised by then */
async function runUntilKilled({ folder, eventKey }: Bench, name: string): Promise<string[]> {
  const child = spawn(process.execPath, [CHILD, folder, eventKey, name], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const promised: string[] = [];
  const wanted = randomInt(1, 40);
  for await (const line of createInterface({ input: child.stdout })) {
    promised.push(line);
    // From then on at any moment of the writing; what is promised meanwhile counts too.
    if (promised.length === wanted) setTimeout(() => child.kill("SIGKILL"), Math.random() * 20);
  }
  await ended;
  assert.equal(child.signalCode, "SIGKILL");
  return promised;
}

test(`a shell that is killed ${KILLS} times loses nothing that it promised, and leaves nothing readable`, async (t) => {
  const bench = createBench(t);
  const promised: string[] = [];
  let torn = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    promised.push(...(await runUntilKilled(bench, String(kill))));
    torn += readdirSync(bench.folder).filter((name) => name.endsWith(".new")).length;
  }
  assert.deepEqual(filesWith(bench.folder, "canary"), []);
  assert.deepEqual(filesWith(bench.folder, "Label Scanned"), []);
  const { outbox, delivery } = bench.boot();
  const held = outbox.depth();
  delivery.wake();
  await bench.pass(60_000);
  assert.equal(outbox.depth(), 0);
  const sent = bench.network.requests.flatMap(({ events }) => events);
  const reports = await Promise.all(sent.map((one) => bench.open(one)));
  const codes = reports.map(({ event }) => (event.name === "Label Scanned" ? event.code : ""));
  assert.equal(new Set(codes).size, codes.length, "none twice");
  assert.deepEqual(
    promised.filter((code) => !codes.includes(code)),
    [],
  );
  const dropped = bench.network.requests.flatMap((request) => request.dropped);
  assert.deepEqual(dropped, []);
  assert.deepEqual(readdirSync(bench.folder), ["account.json"]);
  t.diagnostic(`${promised.length} promised, ${held} held, ${torn} torn writes left by ${KILLS} kills`);
});
