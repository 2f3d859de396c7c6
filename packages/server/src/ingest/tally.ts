import type { EventResult } from "@vitrine/core";
import type { Graph } from "../identity/graph.ts";
import type { CounterStore } from "../stores/counterStore.ts";

/**
 * Collects what many requests of one group commit write to few places, and writes it once.
 * Counted in the same transaction, so that the totals are exact.
 */
export interface Tally {
  /** Counts what became of a request's events. */
  count(siteId: string, results: readonly EventResult[]): void;
  add(siteId: string, name: string, value: number): void;
  claim(siteId: string, identity: string, claimed: string, at: number): void;
  /** Writes everything, in the running transaction. */
  write(): void;
  /** What was written, for metrics; empties the tally. */
  commit(): Map<string, number>;
  rollback(): void;
}

/** Totals that go down again, and so are no counters to Prometheus. */
export const LEVELS: readonly string[] = ["queued", "unsettled"];

/** Claims remembered as written, to spare a statement for each batch of a known visitor. */
const MAX_KNOWN_CLAIMS = 50_000;

/** Creates a tally. */
export function createTally(counters: CounterStore, graph: Graph): Tally {
  let totals = new Map<string, number>();
  let claims = new Map<string, [siteId: string, identity: string, claimed: string, at: number]>();
  const knownClaims = new Set<string>();

  const add = (siteId: string, name: string, value: number) => {
    if (value !== 0) totals.set(`${siteId}\n${name}`, (totals.get(`${siteId}\n${name}`) ?? 0) + value);
  };
  return {
    add,
    count(siteId, results) {
      // Nearly all are accepted; each of those would be a key made and looked up.
      let accepted = 0;
      for (const { status, reason } of results) {
        if (status === "accepted") accepted++;
        else add(siteId, reason === undefined ? status : `${status}:${reason}`, 1);
      }
      add(siteId, "accepted", accepted);
    },
    claim(siteId, identity, claimed, at) {
      const key = [siteId, identity, claimed].join("\n");
      if (!knownClaims.has(key)) claims.set(key, [siteId, identity, claimed, at]);
    },
    write() {
      for (const [key, value] of totals) {
        const [siteId, name] = key.split("\n") as [string, string];
        counters.add(siteId, name, value);
      }
      for (const [siteId, identity, claimed, firstAt] of claims.values())
        graph.claim(siteId, { identity, claimed, firstAt });
    },
    commit() {
      if (knownClaims.size > MAX_KNOWN_CLAIMS) knownClaims.clear();
      for (const key of claims.keys()) knownClaims.add(key);
      const written = totals;
      totals = new Map();
      claims = new Map();
      return written;
    },
    rollback() {
      totals = new Map();
      claims = new Map();
    },
  };
}
