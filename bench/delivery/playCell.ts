import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { startPageServer } from "./pageServer.ts";
import type { Peer } from "./peers/Peer.ts";
import { startRecordingServer, type Received } from "./recordingServer.ts";
import type { Scenario } from "./scenarios/Scenario.ts";
import { settle } from "./settle.ts";
import { openShopper, type Shopper } from "./shopper.ts";
import { startStore } from "./store.ts";
import type { Alone } from "./turns.ts";

/** A library in the bench. */
export interface Subject {
  /** As `--only` names it. */
  key: string;
  isOurs: boolean;
  peer: Peer;
  /** True: our own collector stands behind the recording server, and what it stored is read from its log. */
  hasStore: boolean;
}

/** What the recording server saw. Counts are of numbered events. */
interface Arrivals {
  /** Numbers that arrived. */
  delivered: number;
  /** Numbers that did not, until the bench gave up. */
  lost: number;
  /** Arrivals of numbers that had arrived before. */
  repeats: number;
  /** Those of them that came under another id than before: no server can know them for repeats by the library's own id. */
  storedTwice: number;
  requests: number;
  bytes: number;
  /** From the end of the fault until the last number arrived, s. */
  settledAfterS: number;
}

/** What came of one library under one fault. */
export interface Cell extends Arrivals {
  /** Calls that the scenario asked for, and calls that the library let the page make in time. */
  asked: number;
  created: number;
  /** Our collector's log: numbers in it, and numbers that are in it once more. */
  store?: { stored: number; storedTwice: number };
}

/** How, and how much. */
export interface Effort {
  /** For profiles and stores; gone after the run. */
  folder: string;
  alone: Alone;
  isQuick: boolean;
}

/** Plays one scenario with one library, on a server and a browser profile of its own. */
export async function playCell(
  { peer, hasStore }: Pick<Subject, "peer" | "hasStore">,
  scenario: Scenario,
  { folder, alone, isQuick }: Effort,
): Promise<Cell> {
  const profile = await mkdtemp(join(folder, "profile-"));
  const store = hasStore ? await startStore(await mkdtemp(join(folder, "store-"))) : undefined;
  const server = await startRecordingServer(peer, store?.origin);
  const pages = await startPageServer(store ? store.adapt(peer) : peer, server.origin);
  let shopper: Shopper | undefined;
  const open = async () => (shopper = await openShopper(profile, pages.origin));
  const events = scenario.events(isQuick);
  try {
    const { created, tabs } = await scenario.play({ server, open, alone, events, isQuick });
    const settledFrom = performance.now();
    await settle(server.received, created, tabs);
    return {
      asked: events,
      created,
      ...count(server.received, created, settledFrom),
      ...(store && { store: store.count() }),
    };
  } finally {
    await shopper?.close().catch(() => {});
    await Promise.all([pages.close(), server.close()]);
    await store?.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

function count({ ids, requests, bytes, newAtMs }: Received, created: number, fromMs: number): Arrivals {
  const arrivals = [...ids.values()];
  const sum = (of: (ids: string[]) => number) => arrivals.reduce((total, each) => total + of(each) - 1, 0);
  return {
    delivered: ids.size,
    lost: created - ids.size,
    repeats: sum((each) => each.length),
    storedTwice: sum((each) => new Set(each).size),
    requests,
    bytes,
    settledAfterS: Math.max(0, Math.round((newAtMs - fromMs) / 100) / 10),
  };
}
