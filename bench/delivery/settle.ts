import { setTimeout as pause } from "node:timers/promises";
import type { Received } from "./recordingServer.ts";
import type { Tab } from "./shopper.ts";

/** The shopper goes on this often: some libraries try again only then. */
const GO_ON_MS = 2000;

/** All have arrived: wait so long for repeats of them. */
const REPEATS_MS = 4000;

/** Nothing new for so long: what has not arrived is lost. Longer than any of the libraries waits after these outages. */
const GIVE_UP_MS = 75_000;
const MAX_MS = 240_000;

const LOOK_MS = 100;

/** Waits until all numbers arrived, or none does any more. The time is the same for every library. */
export async function settle(received: Received, created: number, tabs: readonly Tab[]): Promise<void> {
  const start = performance.now();
  const hasArrived = () => received.ids.size >= created && performance.now() - received.anyAtMs > REPEATS_MS;
  const isOver = () =>
    performance.now() - Math.max(start, received.newAtMs) > GIVE_UP_MS || performance.now() - start > MAX_MS;
  let goOnAt = start;
  while (!hasArrived() && !isOver()) {
    if (performance.now() > goOnAt) {
      for (const tab of tabs) tab.goOn();
      goOnAt += GO_ON_MS;
    }
    await pause(LOOK_MS);
  }
}
