import { transfer, wrap } from "comlink";
import type { RunningSeer, Seer } from "./seer.ts";

/** Starts a pose worker. A script that cannot be loaded or that dies rejects everything that was asked of it. */
export function startSeer(workerUrl: string, assetsUrl: string): RunningSeer {
  const worker = new Worker(workerUrl, { type: "module" });
  const seer = wrap<Seer>(worker);
  const died = new Promise<never>((_, reject) => {
    worker.addEventListener("error", ({ message }) =>
      reject(new Error(`The pose worker ${workerUrl} failed: ${message || "it could not be loaded"}.`)),
    );
  });
  // Somebody hears of it through whatever is asked next; until then it is not an unhandled rejection.
  died.catch(() => {});
  return {
    ready: Promise.race([seer.open(new URL(assetsUrl, location.href).href.replace(/\/$/, "")), died]),
    see: (frame, at) => Promise.race([seer.see(transfer(frame, [frame]), at), died]),
    end: () => worker.terminate(),
  };
}
