import type { JsonObject } from "@vitrine/core";
import { createTestOrigin, type Tab } from "../../browser/support/testOrigin.ts";
import type { Suite } from "./contract.ts";
import { createMockServer, type MockServer } from "./mockServer.ts";

/** What the contract asks of an adapter, over our SDK in a page of its own. */
export interface Adapter {
  mock: MockServer;
  init: (params: { api_key?: string }) => Promise<void>;
  capture: (params: { distinct_id: string; event: string; properties?: JsonObject }) => void;
  flush: () => Promise<void>;
  /** Lets time pass, on the clock by hand. */
  wait: (durationMs: number) => Promise<void>;
  now: () => number;
  close: () => Promise<void>;
}

/**
 * A quarter of the span that full jitter spreads a retry over, so that the first retries come after 0.5, 1 and 2 s:
 * the cases wait for fixed times.
 */
const CHANCE = 0.25;

const STEP_MS = 500;

/**
 * Creates an adapter: the unmodified SDK with real IndexedDB and Web Locks, a clock by hand, and the mock server as its
 * network. Settings that the SDK does not have (batch sizes, tries, compression) are not read.
 */
export function createAdapter(suite: Suite): Adapter {
  const origin = createTestOrigin();
  const mock = createMockServer(suite, origin.now);
  let tab: Tab | undefined;
  let person: string | undefined;

  /** Lets what became due come to its end: it reads the database, asks for locks and then the network. */
  const rest = async () => {
    for (let seen = -1; seen < mock.requests.length;) {
      seen = mock.requests.length;
      await origin.advance(0);
      await navigator.locks.query();
      await origin.until("the network is quiet", () => !mock.open);
    }
  };

  return {
    mock,
    now: origin.now,
    close: origin.close,
    init: async ({ api_key: site = "phc_test_key" }) => {
      tab = origin.open(
        { site, endpoint: "https://mock.test/v1", personal: false },
        { _fetch: mock.fetch, _chance: () => CHANCE },
      );
      await origin.settle(tab.vitrine.ready());
    },
    capture: ({ distinct_id: id, event, properties }) => {
      if (id !== person) void tab!.vitrine.identify((person = id));
      void tab!.vitrine.track(event, properties);
    },
    flush: async () => {
      await origin.settle(tab!.vitrine.flush());
      await rest();
    },
    wait: async (durationMs) => {
      // A retry is planned when the answer is there: the clock must not run ahead of it.
      for (let passedMs = 0; passedMs < durationMs; passedMs += STEP_MS) {
        await origin.advance(STEP_MS);
        await rest();
      }
    },
  };
}
