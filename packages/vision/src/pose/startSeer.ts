import { transfer, wrap } from "comlink";
import type { RunningSeer, Seer } from "./seer.ts";

/** Starts a pose worker. A script that cannot be loaded or that dies rejects everything that is asked of it. */
export function startSeer(workerUrl: string, assetsUrl: string): RunningSeer {
  const worker = new Worker(workerUrl, { type: "module" });
  const seer = wrap<Seer>(worker);
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
    ready: orDies(() => seer.open(new URL(assetsUrl, location.href).href.replace(/\/$/, ""))),
    see: (frame, at) => orDies(() => seer.see(transfer(frame, [frame]), at)),
    end: () => worker.terminate(),
  };
}
