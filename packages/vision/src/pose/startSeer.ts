import { transfer, wrap } from "comlink";
import type { RunningSeer, Seer } from "./seer.ts";

/** Starts a pose worker. A script that cannot be loaded or that dies rejects everything that is asked of it. */
export function startSeer(workerUrl: string, assetsUrl: string): RunningSeer {
  const worker = new Worker(workerUrl, { type: "module" });
  // Once for all frames: comlink makes a proxy each time that a method is named, registered with the collector of garbage, which
  // keeps it through every collection but the rare whole one.
  const { open, see } = wrap<Seer>(worker);
  let death: Error | undefined;
  let onDeath: ((death: Error) => void) | undefined;
  worker.addEventListener("error", ({ message }) => {
    death = new Error(`The pose worker ${workerUrl} failed: ${message || "it could not be loaded"}.`);
    onDeath?.(death);
  });
  // One question is open at a time. Nothing of it is kept: a promise that lives as long as the worker would grow with each frame.
  const orDies = <T>(ask: () => Promise<T>) =>
    new Promise<T>((resolve, reject) => {
      if (death) return reject(death);
      onDeath = reject;
      return ask().then(resolve, reject);
    });
  return {
    ready: orDies(() => open(new URL(assetsUrl, location.href).href.replace(/\/$/, ""))),
    see: (frame, at) => orDies(() => see(transfer(frame, [frame]), at)),
    end: () => worker.terminate(),
  };
}
