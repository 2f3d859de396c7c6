// What starts the workers, over the real comlink: a worker's other end stands in this process.
import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { expose } from "comlink";
import { startSeer } from "../../packages/vision/src/pose/startSeer.ts";
import { startScanner } from "../../packages/vision/src/scan/startScanner.ts";

const FRAMES = 50;

/** Puts what a worker's script exposes behind `Worker`. */
function standIn(t: TestContext, script: object): void {
  const ends: (() => void)[] = [];
  class ScriptWorker {
    readonly #port: MessagePort;

    constructor() {
      const { port1, port2 } = new MessageChannel();
      this.#port = port1;
      ends.push(() => port1.close());
      expose(script, port2);
    }

    postMessage(message: unknown, moved: Transferable[]): void {
      this.#port.postMessage(message, moved);
    }

    addEventListener(type: string, listener: () => void): void {
      this.#port.addEventListener(type, listener);
      this.#port.start();
    }

    terminate(): void {
      this.#port.close();
    }
  }
  const page = {
    Worker: ScriptWorker,
    location: { href: "http://localhost/" },
    document: { baseURI: "http://localhost/" },
  };
  const before = Object.fromEntries(
    Object.keys(page).map((name) => [name, Reflect.get(globalThis, name) as unknown]),
  );
  Object.assign(globalThis, page);
  t.after(() => {
    for (const end of ends) end();
    Object.assign(globalThis, before);
  });
}

/** Counts what is registered with the collector of garbage from here on. */
function countRegistered(t: TestContext): () => number {
  const { mock } = t.mock.method(FinalizationRegistry.prototype, "register");
  return () => mock.callCount();
}

const newFrame = () => new ArrayBuffer(8) as never;

// Regression: each frame made a proxy that waits for a whole collection, and its finalizer after that.
describe("given a worker's frames", () => {
  it("the pose worker is handed each, and none leaves anything to a later collection", async (t) => {
    const times: number[] = [];
    standIn(t, {
      open: () => {},
      see: (_frame: ArrayBuffer, at: number) => (times.push(at), { people: [], memoryBytes: at }),
    });
    const seer = startSeer("/pose-worker.js", "/vision");
    await seer.ready;
    const registered = countRegistered(t);
    for (let at = 1; at <= FRAMES; at++) assert.equal((await seer.see(newFrame(), at)).memoryBytes, at);
    assert.equal(times.length, FRAMES);
    assert.equal(registered(), 0);
  });

  it("the scan worker is handed each, and none leaves anything to a later collection", async (t) => {
    standIn(t, { open: () => {}, read: () => [{ text: "4006381333931", format: "ean_13" }] });
    const scanner = startScanner("/scan-worker.js", "vision/");
    await scanner.ready;
    const registered = countRegistered(t);
    for (let i = 0; i < FRAMES; i++) assert.equal((await scanner.read(newFrame())).length, 1);
    assert.equal(registered(), 0);
  });
});
