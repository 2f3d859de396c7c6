import { transfer, wrap } from "comlink";
import type { RunningScanner, Scanner } from "./scanner.ts";

/** Starts a scan worker. What it says after its end is never heard. */
export function startScanner(workerUrl: string, assetsUrl: string): RunningScanner {
  const worker = new Worker(workerUrl, { type: "module" });
  // Once for all frames: comlink makes a proxy each time that a method is named, registered with the collector of garbage, which
  // keeps it through every collection but the rare whole one.
  const { open, read } = wrap<Scanner>(worker);
  return {
    // Absolute, because a worker resolves addresses against its own.
    ready: open(new URL(assetsUrl, document.baseURI).href),
    read: (frame) => read(transfer(frame, [frame])),
    onDeath: (listener) =>
      worker.addEventListener("error", ({ message }) =>
        listener(new Error(`The scan worker ${workerUrl} failed: ${message || "it could not be loaded"}.`)),
      ),
    end: () => worker.terminate(),
  };
}
