import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createAgreement } from "../../packages/vision/src/scan/createAgreement.ts";
import { createScanStream } from "../../packages/vision/src/scan/createScanStream.ts";
import type { RunningScanner, ScannedText } from "../../packages/vision/src/scan/scanner.ts";

const code = (text: string): ScannedText => ({ text, format: "ean_13" });

describe("the agreement of frames", () => {
  /** What counts after each frame; a frame is the texts it shows, apart by blanks. */
  const judge = (frames: string[]) => {
    const agree = createAgreement({ needed: 3, of: 5 });
    return frames.map((frame) =>
      agree(frame.split(" ").filter(Boolean).map(code))
        .map(({ text }) => text)
        .join(" "),
    );
  };

  it("counts a code at the third frame of five that shows it", () => {
    assert.deepEqual(judge(["a", "a", "a"]), ["", "", "a"]);
    assert.deepEqual(judge(["a", "", "a", "", "a"]), ["", "", "", "", "a"]);
    assert.deepEqual(judge(["a", "", "a", "", "", "a"]), ["", "", "", "", "", ""]);
  });

  it("never counts what single frames misread", () => {
    assert.deepEqual(judge(["x", "a", "y", "a", "x", "a"]), ["", "", "", "", "", "a"]);
  });

  it("tells of a code once while it is in sight, and again when it was gone for five frames", () => {
    const seen = ["a", "a", "a", "a", "", "", "", "", "a", "a", "a"];
    assert.deepEqual(judge(seen).filter(Boolean), ["a"]);
    assert.deepEqual(judge([...seen, "", "", "", "", "", "a", "a", "a"]).filter(Boolean), ["a", "a"]);
  });

  it("keeps two codes apart, and two formats of one text", () => {
    assert.deepEqual(judge(["a b", "a b", "a b"]), ["", "", "a b"]);
    const agree = createAgreement({ needed: 2, of: 3 });
    assert.deepEqual(agree([code("a")]), []);
    assert.deepEqual(agree([{ text: "a", format: "qr_code" }]), []);
  });
});

/** A stream whose workers, frames and timers are in the test's hand. */
function stage() {
  const told: string[] = [];
  const errors: string[] = [];
  const closed: number[] = [];
  const timers: (() => void)[] = [];
  const workers: { answer: (texts: string[]) => void; die: () => void; reading: number[]; ended: boolean }[] =
    [];
  const start = (): RunningScanner => {
    const reading: number[] = [];
    let answer: (codes: ScannedText[]) => void = () => {};
    let die: (error: Error) => void = () => {};
    const worker = {
      answer: (texts: string[]) => answer(texts.map(code)),
      die: () => die(new Error("dead")),
      reading,
      ended: false,
    };
    workers.push(worker);
    return {
      ready: Promise.resolve(),
      read: (frame) => {
        reading.push((frame as VideoFrame).timestamp);
        return new Promise((resolve) => (answer = resolve));
      },
      onDeath: (listener) => void (die = listener),
      end: () => (worker.ended = true),
    };
  };
  const stream = createScanStream({
    start,
    onCode: ({ text }) => told.push(text),
    onError: (error) => errors.push((error as Error).message),
    after: (_, callback) => {
      timers.push(callback);
      return () => void timers.splice(timers.indexOf(callback), 1);
    },
  });
  const frame = (timestamp: number) =>
    ({ timestamp, close: () => closed.push(timestamp) }) as unknown as VideoFrame;
  return { stream, told, errors, closed, timers, workers, frame };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("a scan stream", () => {
  it("reads the newest frame and drops those between", async () => {
    const { stream, workers, closed, frame, told } = stage();
    for (const at of [1, 2, 3]) stream.offer(frame(at));
    await settle();
    for (const at of [4, 5]) stream.offer(frame(at));
    for (let i = 0; i < 3; i++) {
      workers[0]!.answer(["a"]);
      await settle();
      stream.offer(frame(10 + i));
      await settle();
    }
    assert.deepEqual(workers[0]!.reading.slice(0, 2), [3, 5]);
    assert.deepEqual(closed, [1, 2, 4]);
    assert.deepEqual(told, ["a"]);
    assert.deepEqual({ ...stream.stats }, { offered: 8, dropped: 3, read: 3, restarts: 0 });
  });

  it("starts a new worker when one dies or says nothing, and hears the old one no more", async () => {
    const { stream, workers, timers, errors, frame, told } = stage();
    await settle();
    stream.offer(frame(1));
    workers[0]!.die();
    assert.ok(workers[0]!.ended);
    timers[0]!();
    await settle();
    stream.offer(frame(2));
    workers[0]!.answer(["old"]);
    timers.at(-1)!();
    assert.deepEqual(errors, ["dead", "The scan worker said nothing for 10000 ms."]);
    timers.at(-1)!();
    await settle();
    stream.offer(frame(3));
    assert.deepEqual([workers.length, workers[2]!.reading, stream.stats.restarts], [3, [3], 2]);
    assert.deepEqual(told, []);
  });

  it("closes what it is offered after its end", async () => {
    const { stream, workers, timers, closed, frame } = stage();
    await settle();
    stream.close();
    stream.offer(frame(1));
    assert.deepEqual([closed, workers[0]!.ended, timers.length], [[1], true, 0]);
  });
});
