import { randomBytes } from "node:crypto";
import type { TryOnNote } from "@vitrine/core";
import type { Kiosk } from "../kiosk.ts";
import { createDelivery } from "./delivery.ts";
import { openOutbox } from "./outbox.ts";

/** The try-on events of this kiosk. */
export interface TryOns {
  track: (note: TryOnNote) => Promise<void>;
  depth: () => number;
  /** The server answered a heartbeat: it is there, and says which keys it has now. */
  onHeard: (answer: unknown) => void;
  /** Sends what earlier runs left. */
  start: () => void;
  stop: () => void;
}

/** Opens the outbox in `folder`, and hangs it to clock, timers and the kiosk's key. */
export function createTryOns(options: { kiosk: Kiosk; folder: string; log: (line: string) => void }): TryOns {
  const { kiosk, folder, log } = options;
  const clock = { now: () => Date.now(), monotonic: () => performance.now() };
  const outbox = openOutbox({ folder, eventKey: () => kiosk.eventKey(), clock, random: randomBytes, log });
  const delivery = createDelivery({
    outbox,
    post: async (body) => (kiosk.identity() ? kiosk.call("POST", "/v1/kiosk/events", body) : undefined),
    clock,
    random: () => Math.random(),
    after: (ms, then) => {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
  });
  return {
    async track(note) {
      await outbox.track(note);
      delivery.wake();
    },
    depth: () => outbox.depth(),
    onHeard(answer) {
      kiosk.learnKeys(answer);
      delivery.reached();
    },
    start: () => delivery.wake(),
    stop: () => delivery.stop(),
  };
}
