import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { canonicalFold, type BatchResponse } from "../../packages/core/src/index.ts";
import { decodeEntry, isEvent } from "../../packages/server/src/ingest/logEntry.ts";
import { applyEntry, emptyRow, type Row } from "../../packages/server/src/ingest/row.ts";
import { createCommitQueue } from "../../packages/server/src/ingest/commitQueue.ts";
import { createRowStore } from "../../packages/server/src/stores/rowStore.ts";
import type { Database } from "../../packages/server/src/stores/database.ts";
import { newDevice, runVitrine, viewed, type Running } from "./support/runVitrine.ts";

/** Every row, folded again from nothing but the log. */
function rebuild({ vitrine }: Running): Map<string, Row> {
  const rows = new Map<string, Row>();
  const { log } = vitrine.services.collector;
  for (const entry of log.newest("default", Number.MAX_SAFE_INTEGER, 1e6).toReversed()) {
    const row = rows.get(entry.identity) ?? emptyRow();
    applyEntry(row, decodeEntry(entry.body), entry.batchId, entry.receivedAt);
    rows.set(entry.identity, row);
  }
  return rows;
}

/** Compares the saved rows with the log, byte for byte. */
function checkRows(server: Running): number {
  const { database, collector } = server.vitrine.services;
  collector.rows.checkpoint(Infinity);
  const store = createRowStore(database);
  const rebuilt = rebuild(server);
  for (const [identity, row] of rebuilt) {
    const saved = store.load("default", identity)?.row;
    assert.equal(JSON.stringify(saved), JSON.stringify(row), identity);
    assert.equal(canonicalFold(saved!.fold), canonicalFold(row.fold));
  }
  return rebuilt.size;
}

function messageIdsOf(server: Running): string[] {
  const rows = server.vitrine.services.collector.log.newest("default", Number.MAX_SAFE_INTEGER, 1e6);
  return rows.flatMap(({ body }) =>
    decodeEntry(body)
      .items.filter(isEvent)
      .map(({ messageId }) => messageId),
  );
}

describe("the saved rows", () => {
  it("equal the log folded again, byte for byte", async (t) => {
    const server = await runVitrine(t, { limits: { maxRows: 3 } });
    const devices = Array.from({ length: 8 }, newDevice);
    for (let round = 0; round < 12; round++) {
      for (const [i, device] of devices.entries()) {
        const writer = `w${round % 3}`;
        const seq = Math.floor(round / 3) * 3 + 1;
        await server.send(
          [
            viewed(device, writer, seq + 1),
            viewed(device, writer, seq),
            viewed(device, writer, seq, { event: undefined }),
            viewed(device, writer, seq + 2, { event: "" }),
            {
              type: "track",
              event: "Product Added",
              messageId: `${round}`,
              anonymousId: `f${i}`,
              properties: { product_id: "9", "10": 1, __proto__: 1 },
            },
          ],
          { device: device.secret, finished: round > 8 ? [{ id: writer, last: 12 + i }] : [] },
        );
        server.clock.now += 40 * 60_000;
      }
      if (round === 5) server.vitrine.services.collector.rows.checkpoint(4);
    }
    assert.equal(checkRows(server), 16);
    assert.ok(server.vitrine.services.collector.rows.size().rows <= 3, "and few of them are in memory");
  });

  it("are caught up with the log when a server starts that was cut off", async (t) => {
    const first = await runVitrine(t, { checkpointMs: 1e9 });
    const device = newDevice();
    await first.send([viewed(device, "w", 1), viewed(device, "w", 2)], { device: device.secret });
    const before = await first.profile(device, ["w"]);
    // A copy of the files is what a restart after a crash would find: a log, and no rows.
    const dataDir = mkdtempSync(join(tmpdir(), "vitrine-copy-"));
    t.after(() => rmSync(dataDir, { recursive: true, force: true }));
    cpSync(first.dataDir, dataDir, { recursive: true });
    const second = await runVitrine(t, { dataDir });
    const after = await second.profile(device, ["w"]);
    assert.deepEqual({ ...after, time: 0 }, { ...before, time: 0 });
  });
});

/** More by `KILLS=50 node --test test/server/durability.test.ts`. */
const KILLS = Number(process.env["KILLS"] ?? 8);

describe("a server that is killed under load", () => {
  it("has everything it acknowledged, once", async (t) => {
    const dataDir = mkdtempSync(join(tmpdir(), "vitrine-kill-"));
    t.after(() => rmSync(dataDir, { recursive: true, force: true }));
    const acknowledged = new Set<string>();
    const unanswered: string[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      const child = spawn(process.execPath, [join(import.meta.dirname, "support/hammer.ts"), dataDir], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const [line] = (await once(child.stdout, "data")) as [Buffer];
      const { port, siteKey } = JSON.parse(String(line)) as { port: number; siteKey: string };
      let sent = 0;
      const sender = async (worker: number) => {
        for (let i = 0; ; i++) {
          // What the last server did not answer is sent again, as an outbox does.
          const device = newDevice();
          const writer = `k${kill}-${worker}-${i}`;
          const batch = [1, 2, 3].map((seq) =>
            viewed(device, writer, seq, { timestamp: new Date().toISOString() }),
          );
          const fresh = JSON.stringify({ writeKey: siteKey, device: device.secret, batch });
          const body = unanswered.shift() ?? fresh;
          try {
            const answer = await fetch(`http://127.0.0.1:${port}/v1/batch`, { method: "POST", body });
            for (const { messageId } of ((await answer.json()) as BatchResponse).results)
              acknowledged.add(messageId);
          } catch (error) {
            unanswered.push(body);
            if (child.killed) return;
            throw error;
          }
          // Killed after a number of answers, a different one each time: no clock is asked.
          if (++sent === 20 + kill * 17) child.kill("SIGKILL");
        }
      };
      await Promise.all(Array.from({ length: 8 }, (_, worker) => sender(worker)));
      await (child.exitCode === null && child.signalCode === null ? once(child, "exit") : undefined);
    }
    const server = await runVitrine(t, { dataDir });
    const stored = messageIdsOf(server);
    assert.equal(new Set(stored).size, stored.length, "nothing is doubled");
    const missing = [...acknowledged].filter((id) => !stored.includes(id));
    assert.deepEqual(missing, [], "nothing acknowledged is lost");
    assert.ok(acknowledged.size > KILLS * 40);
    checkRows(server);
  });
});

describe("a data folder", () => {
  it("has one server at a time", async (t) => {
    const first = await runVitrine(t);
    await assert.rejects(runVitrine(t, { dataDir: first.dataDir }), /Another server works on/);
    assert.equal((await fetch(`${first.url}/ready`)).status, 200, "and the first goes on");
    await first.restart();
  });
});

describe("a disk that fails", () => {
  it("when full: is a 503 with Retry-After, stores nothing of it, and recovers", async (t) => {
    const server = await runVitrine(t, { checkpointMs: 1e9 });
    const device = newDevice();
    const more = { device: device.secret };
    await server.send([viewed(device, "w", 1)], more);
    const { raw } = server.vitrine.services.database;
    const { page_count: pages } = raw.prepare("PRAGMA page_count").get() as { page_count: number };
    raw.exec(`PRAGMA max_page_count = ${pages}`);
    let answer: Response | undefined;
    let seq = 1;
    const large = { note: "x".repeat(8_000) };
    while (answer?.status !== 503 && seq < 100) {
      seq++;
      const batch = [
        viewed(device, "w", seq, { properties: { ...large, random: newDevice().secret.repeat(20) } }),
      ];
      answer = await server.post("/v1/batch", { writeKey: server.siteKey, batch, ...more });
    }
    assert.equal(answer!.status, 503);
    assert.ok(Number(answer!.headers.get("retry-after")) > 0);
    assert.deepEqual((await server.profile(device, ["w"])).received.w, [1, seq - 1], "memory forgot it too");
    raw.exec("PRAGMA max_page_count = 1000000");
    const [result] = await server.send([viewed(device, "w", seq)], more);
    assert.equal(result!.status, "accepted");
    checkRows(server);
  });

  for (const [name, errcode, isFatal] of [
    ["a flush", 1034, true],
    ["a write", 778, true],
    ["a full disk", 13, false],
    ["a read-only disk", 8, false],
  ] as const) {
    it(`by ${name} (${errcode}): no one is answered 2xx${isFatal ? ", and the process ends" : ""}`, async () => {
      const fatal: Error[] = [];
      let rolledBack = 0;
      const error = Object.assign(new Error("disk"), { errcode });
      const database = {
        transaction: (work: () => void) => {
          work();
          throw error;
        },
      } as unknown as Database;
      const hooks = {
        maxLength: 10,
        beforeCommit() {},
        onCommit: () => assert.fail("nothing was committed"),
        onRollback: () => rolledBack++,
        onFatal: (e: Error) => fatal.push(e),
      };
      const queue = createCommitQueue(database, hooks);
      const answers = await Promise.allSettled([queue.run(() => 1), queue.run(() => 2)]);
      assert.deepEqual(
        answers.map((answer) => answer.status === "rejected" && (answer.reason as { status: number }).status),
        [503, 503],
      );
      assert.deepEqual([rolledBack, fatal.length, queue.isOpen], [1, isFatal ? 1 : 0, !isFatal]);
    });
  }
});

/** A database that writes down what it is told. */
function recordingDatabase(log: string[]): Database {
  const transaction = (work: () => void) => {
    log.push("begin");
    work();
    log.push("commit");
  };
  return { transaction } as unknown as Database;
}

describe("the commit queue", () => {
  const hooks = { maxLength: 3, beforeCommit() {}, onCommit() {}, onRollback() {}, onFatal() {} };

  it("flushes once for all that came meanwhile, and answers after it", async () => {
    const log: string[] = [];
    const queue = createCommitQueue(recordingDatabase(log), hooks);
    const one = queue.run(() => log.push("one")).then(() => log.push("answer one"));
    const two = queue.run(() => log.push("two")).then(() => log.push("answer two"));
    await Promise.all([one, two]);
    assert.deepEqual(log, ["begin", "one", "two", "commit", "answer one", "answer two"]);
  });

  it("lets work fail alone", async () => {
    const queue = createCommitQueue(recordingDatabase([]), hooks);
    const good = queue.run(() => "good");
    const bad = queue.run(() => {
      throw new Error("a fault");
    });
    await assert.rejects(bad, /a fault/);
    assert.equal(await good, "good");
  });

  it("refuses what is too much", async () => {
    const queue = createCommitQueue(recordingDatabase([]), hooks);
    const taken = [1, 2, 3].map((n) => queue.run(() => n));
    await assert.rejects(
      queue.run(() => 4),
      { status: 503 },
    );
    assert.deepEqual(await Promise.all(taken), [1, 2, 3]);
    await nextTurn();
    assert.equal(await queue.run(() => 5), 5);
  });
});
