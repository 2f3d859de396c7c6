// The device's outbox: what it promised is delivered once and in order, or its loss is told; whatever happens to network,
// process and disk.
import assert from "node:assert/strict";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { openOutbox } from "../../../kiosk/shell/src/shared/outbox/outbox.ts";
import { createBench, noteOf, takeAll, type Bench, type SentBody } from "../support/outboxes.ts";

const HOUR = 3_600_000;

/** The events that a server took, each once, in the order in which they came. */
const taken = ({ network }: Bench) => {
  const all = network.requests.flatMap(({ events }) => events);
  return [...new Map(all.map((event) => [event.messageId, event])).values()];
};
const codesOf = async (bench: Bench, events = taken(bench)) => {
  const codes = [];
  for (const sent of events) {
    const { event } = await bench.open(sent);
    if (event.name === "Label Scanned") codes.push(event.code);
  }
  return codes;
};
const filesOf = ({ folder }: Bench) => readdirSync(folder).filter((name) => name.endsWith(".event"));

describe("a kiosk's outbox", () => {
  it("loses nothing in 24 hours offline, over restarts: all come once, in order, with their times", async (t) => {
    const bench = createBench(t);
    bench.network.isUp = false;
    let kiosk = bench.boot();
    const codes: string[] = [];
    const times: number[] = [];
    for (let hour = 0; hour < 24; hour++) {
      if (hour === 9 || hour === 17) kiosk = bench.boot();
      for (let i = 0; i < 6; i++) {
        codes.push(`${hour}-${i}`);
        times.push(bench.clock.now);
        await kiosk.track(codes.at(-1)!);
        await bench.pass(HOUR / 6);
      }
    }
    assert.equal(kiosk.outbox.depth(), 144);
    const attempts = bench.network.requests.length;
    assert.ok(attempts > 24 * 6 && attempts < 24 * 60, `${attempts} attempts`);
    bench.network.requests.length = 0;
    bench.network.isUp = true;
    // The next heartbeat finds the network again; nobody waits out the pause.
    kiosk.delivery.reached();
    await bench.pass(1);
    assert.equal(kiosk.outbox.depth(), 0);
    assert.deepEqual(filesOf(bench), []);
    const all = bench.network.requests.flatMap(({ events }) => events);
    assert.equal(all.length, 144, "none was sent twice");
    assert.deepEqual(await codesOf(bench), codes);
    const reports = await Promise.all(all.map((sent) => bench.open(sent)));
    assert.deepEqual(
      reports.map(({ timestamp }) => timestamp),
      times,
    );
    for (const { timestamp, clock } of reports) assert.equal(clock.origin + clock.at, timestamp);
    const writers = Map.groupBy(all, ({ writer }) => writer.id);
    assert.deepEqual(
      [...writers.values()].map((events) => events.map(({ writer }) => writer.seq)),
      [54, 48, 42].map((count) => Array.from({ length: count }, (_, at) => at + 1)),
    );
    // The processes that are over are closed, so that the server knows that nothing is missing.
    await kiosk.track("last");
    await bench.pass(1000);
    const finished = bench.network.requests.flatMap((request) => request.finished);
    assert.deepEqual(
      finished.map(({ last }) => last).sort((a, b) => a - b),
      [48, 54],
    );
  });

  it("forgets only what the server named, whatever else it answers", async (t) => {
    const bench = createBench(t);
    const { outbox, track } = bench.boot();
    for (const code of ["a", "b", "c"]) await track(code);
    const answers = [
      () => ({ status: 200, body: undefined }),
      () => ({ status: 200, body: { results: [] } }),
      () => ({ status: 200, body: { results: [null, {}, { messageId: "other", status: "accepted" }] } }),
      () => ({ status: 503, body: undefined, retryAfter: 40 }),
      () => ({ status: 401, body: { code: "unknown_key" } }),
      () => ({ status: 200, body: { results: [{ messageId: "", status: "lost" }] } }),
    ];
    let at = 0;
    bench.network.answer = (body) => (answers[at++] ?? takeAll)(body);
    await bench.pass(1000);
    while (at < answers.length) {
      assert.equal(outbox.depth(), 3);
      const before = at;
      await bench.pass(5 * 60_000);
      assert.ok(at > before);
    }
    await bench.pass(10 * 60_000);
    assert.equal(outbox.depth(), 0);
    assert.deepEqual(await codesOf(bench), ["a", "b", "c"]);
  });

  it("keeps to the wait that the server asks for", async (t) => {
    const bench = createBench(t);
    const { track } = bench.boot();
    bench.network.answer = () => ({ status: 503, body: undefined, retryAfter: 120 });
    await track("a");
    await bench.pass(1000);
    assert.equal(bench.network.requests.length, 1);
    await bench.pass(119_000);
    assert.equal(bench.network.requests.length, 1);
    await bench.pass(10_000);
    assert.equal(bench.network.requests.length, 2);
  });

  it("takes half where a request was refused whole, and still gets all through", async (t) => {
    const bench = createBench(t);
    const { outbox, track } = bench.boot();
    bench.network.isUp = false;
    for (let i = 0; i < 50; i++) await track(String(i));
    bench.network.isUp = true;
    bench.network.answer = (body) =>
      body.events.length > 8 ? { status: 413, body: { code: "too_large" } } : takeAll(body);
    await bench.pass(10 * 60_000);
    assert.equal(outbox.depth(), 0);
    assert.equal((await codesOf(bench)).length, 50);
  });

  it("tells of what it refused to send, and of what the server refused", async (t) => {
    const bench = createBench(t);
    const { outbox, track } = bench.boot();
    for (const code of ["a", "b", "c", "d"]) await track(code);
    const [first, second] = filesOf(bench).map((name) => join(bench.folder, name));
    truncateSync(first!, 100);
    const text = readFileSync(second!, "utf8");
    writeFileSync(
      second!,
      text.replace(/(?<="sealed":".{50})./, (letter) => (letter === "A" ? "B" : "A")),
    );
    bench.network.answer = ({ events }) => ({
      status: 200,
      body: {
        results: events.map(({ messageId }, at) => ({
          messageId,
          status: at === 0 ? "rejected" : "accepted",
          ...(at === 0 && { reason: "broken_seal" }),
        })),
      },
    });
    await bench.pass(1000);
    assert.equal(outbox.depth(), 0);
    assert.deepEqual(await codesOf(bench), ["c", "d"]);
    const [request] = bench.network.requests;
    assert.deepEqual(
      request!.dropped.map(({ seqs, reason }) => ({ seqs, reason })),
      [{ seqs: [1, 2], reason: "damaged" }],
    );
    assert.ok(bench.logged.some((line) => /2 try-on events were dropped \(damaged\)/.test(line)));
    assert.ok(bench.logged.some((line) => /refused 1 try-on events \(broken_seal\)/.test(line)));
  });

  it("is held up by no file that the disk will not give, and keeps it", async (t) => {
    const bench = createBench(t);
    const { outbox, delivery, track } = bench.boot();
    for (const code of ["a", "b", "c"]) await track(code);
    const first = join(bench.folder, filesOf(bench)[0]!);
    renameSync(first, `${first}.kept`);
    mkdirSync(first); // reading it is an error of the disk
    await bench.pass(60_000);
    assert.equal(outbox.depth(), 1);
    assert.deepEqual(await codesOf(bench), ["b", "c"]);
    const requests = bench.network.requests.length;
    assert.ok(requests <= 2, "and it is not asked for again and again");
    rmdirSync(first);
    renameSync(`${first}.kept`, first);
    delivery.wake();
    await bench.pass(1000);
    assert.equal(outbox.depth(), 0);
    assert.deepEqual(await codesOf(bench), ["b", "c", "a"]);
  });

  it("sends what came while it was sending", async (t) => {
    const bench = createBench(t);
    const { outbox, delivery, track } = bench.boot();
    await track("a");
    let kept: Promise<void> | undefined;
    bench.network.answer = async (body) => {
      bench.network.answer = takeAll;
      // After it was looked what there is to send, before the answer is read.
      kept = outbox.track(noteOf("b")).then(() => delivery.wake());
      await kept;
      return takeAll(body);
    };
    await bench.pass(1000);
    await kept;
    await bench.pass(1000);
    assert.equal(outbox.depth(), 0);
    assert.deepEqual(await codesOf(bench), ["a", "b"]);
  });

  it("is bounded: the oldest go, and the server is told which, over a restart too", async (t) => {
    const bench = createBench(t);
    bench.network.isUp = false;
    const kiosk = bench.boot(100);
    for (let i = 1; i <= 130; i++) await kiosk.track(String(i));
    assert.equal(filesOf(bench).length, 100);
    const again = bench.boot(100);
    assert.equal(again.outbox.depth(), 100);
    bench.network.isUp = true;
    bench.network.requests.length = 0;
    again.delivery.wake();
    await bench.pass(1000);
    assert.deepEqual(
      bench.network.requests[0]!.dropped.map(({ seqs, reason }) => ({ seqs, reason })),
      [{ seqs: [1, 30], reason: "no_space" }],
    );
    assert.equal((await codesOf(bench))[0], "31");
    const told: SentBody[] = bench.network.requests.filter(({ dropped }) => dropped.length > 0);
    assert.equal(told.length, 1, "once it is known it is not told again");
  });

  it("reports an event that the disk did not take, and goes on", async (t) => {
    const bench = createBench(t);
    const { outbox, track } = bench.boot();
    await track("a");
    // Its own name is taken by a folder: the disk refuses this one write.
    const [name] = filesOf(bench);
    const next = name!.replace(/^\d{12}/, "000000000002").replace(/\.1\.event$/, ".2.event.new");
    mkdirSync(join(bench.folder, next));
    await assert.rejects(outbox.track(noteOf("b")));
    await track("c");
    await bench.pass(1000);
    assert.deepEqual(await codesOf(bench), ["a", "c"]);
    assert.deepEqual(
      bench.network.requests.at(-1)!.dropped.map(({ seqs, reason }) => ({ seqs, reason })),
      [{ seqs: [2, 2], reason: "other" }],
    );
  });

  it("keeps nothing before it has a key to seal with", async (t) => {
    const bench = createBench(t);
    const folder = mkdtempSync(`${bench.folder}-none-`);
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    for (const eventKey of [undefined, `B${"A".repeat(86)}`]) {
      const outbox = openOutbox({
        folder,
        eventKey: () => eventKey,
        clock: { now: () => 0, monotonic: () => 0 },
        random: (bytes) => new Uint8Array(bytes),
        log: () => {},
      });
      await assert.rejects(outbox.track(noteOf("canary")));
      assert.equal(outbox.depth(), 0);
    }
  });
});
