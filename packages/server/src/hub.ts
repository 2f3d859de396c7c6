import type { TimedEvent } from "@vitrine/core";

/** What the parts of one process tell each other, after it is durable. */
export type HubMessage =
  | { kind: "rules"; siteId: string; version: number }
  /** Somebody asked the staff for something, or was answered. */
  | { kind: "requests"; siteId: string }
  /** An identity's own row, or the edges at it, changed. */
  | { kind: "profile"; siteId: string; identity: string; revision: number; joined?: boolean }
  | {
      kind: "event";
      siteId: string;
      identity: string;
      batchId: number;
      receivedAt: number;
      event: TimedEvent;
    };

/** In-process publish and subscribe. Messages are hints: whoever misses one reads the store. */
export interface Hub {
  publish(message: HubMessage): void;
  /** True when somebody listens to that kind; saves building messages nobody hears. */
  has(kind: HubMessage["kind"]): boolean;
  /** @returns the function that unsubscribes. */
  on<K extends HubMessage["kind"]>(
    kind: K,
    listener: (message: Extract<HubMessage, { kind: K }>) => void,
  ): () => void;
}

/** Creates a hub; `onError` hears of listeners that throw, the others are still called. */
export function createHub(onError: (error: unknown) => void): Hub {
  const listeners = new Map<HubMessage["kind"], Set<(message: never) => void>>();
  return {
    publish(message) {
      for (const listener of listeners.get(message.kind) ?? []) {
        try {
          listener(message as never);
        } catch (error) {
          onError(error);
        }
      }
    },
    has: (kind) => (listeners.get(kind)?.size ?? 0) > 0,
    on(kind, listener) {
      const set = listeners.get(kind) ?? new Set();
      listeners.set(kind, set);
      set.add(listener);
      return () => set.delete(listener);
    },
  };
}
