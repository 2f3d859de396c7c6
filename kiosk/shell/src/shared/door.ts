import { parseMessage } from "./parseMessage.ts";
import type { Kiosk } from "./kiosk.ts";
import type { RequestName } from "./channels.ts";
import type { TryOnNote } from "@vitrine/core";
import type { Health } from "@vitrine/kiosk/shell";

/** Answers what a page asks; both shells hand everything to it. */
export type Door = (name: RequestName, payload: unknown) => Promise<unknown>;

/** What a page can set going. */
export interface DoorOptions {
  kiosk: Kiosk;
  onBeat: (health: Health) => void;
  /** Resolves when the event is kept. */
  onTrack: (note: TryOnNote) => Promise<void>;
  /** Ends the shopper's partition; the page that asked is gone when it is done. */
  onWipe: () => void;
}

/**
 * The one place where a page's words become deeds.
 * @returns a function that rejects with MessageError for what is not understood, before anything happens.
 */
export function createDoor({ kiosk, onBeat, onTrack, onWipe }: DoorOptions): Door {
  return async (name, payload) => {
    const message = parseMessage(name, payload);
    switch (message.name) {
      case "identity":
        return kiosk.identity();
      case "enrol":
        return kiosk.enrol(message.code, message.endpoint);
      case "call":
        return kiosk.call(message.method, message.path, message.body);
      case "beat":
        return onBeat(message.health);
      case "track":
        return onTrack(message.note);
      case "wipe":
        return onWipe();
    }
  };
}
