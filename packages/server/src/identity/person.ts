import { emptyFold, hasReceived, joinFolds, type Fold, type Ranges, type Received } from "@vitrine/core";
import type { Collector } from "../ingest/collector.ts";
import { splitIdentity } from "./personalId.ts";

/** A device's view of its person: what the server knows, and of the device's own events what has come. */
export interface Snapshot {
  anonymousId: string;
  /** Grows with every change; the stream tells the newest. */
  revision: number;
  /** Joined over the identities proven to be the same person. */
  fold: Fold;
  /** By writer asked for; a closed, complete one is everything. */
  received: Record<string, Ranges>;
  /** Ids are masked unless they are the shop's own. */
  identities: { namespace: string; id: string }[];
  /** ms since 1970, the server's. */
  time: number;
}

/** The larger of the members' last log rows: moves with every event and every edge made or undone. */
export function revisionOf({ rows }: Collector, siteId: string, members: readonly string[]): number {
  return Math.max(0, ...members.map((member) => rows.read(siteId, member)?.batchId ?? 0));
}

/** The profile of a person: the folds of all members, joined. */
export function foldOf({ rows }: Collector, siteId: string, members: readonly string[]): Fold {
  const folds = members.flatMap((member) => rows.read(siteId, member)?.fold ?? []);
  return folds.length === 0 ? emptyFold() : joinFolds(folds);
}

/** Reads a device's snapshot. */
export function readSnapshot(
  collector: Collector,
  {
    siteId,
    anonymousId,
    writers,
    now,
  }: { siteId: string; anonymousId: string; writers: readonly string[]; now: number },
): Snapshot {
  const own = `anonymous:${anonymousId}`;
  const members = collector.graph.members(siteId, own);
  const received = collector.rows.read(siteId, own)?.received;
  return {
    anonymousId,
    revision: revisionOf(collector, siteId, members),
    fold: foldOf(collector, siteId, members),
    received: Object.fromEntries(writers.map((id) => [id, received ? rangesOf(received, id) : []])),
    identities: members.map((member) => masked(member, own)),
    time: now,
  };
}

function rangesOf(received: Received, id: string): Ranges {
  if (Object.hasOwn(received.writers, id)) return received.writers[id]!.ranges;
  return hasReceived(received, { id, seq: 1 }) ? [1, Number.MAX_SAFE_INTEGER] : [];
}

function masked(identity: string, own: string): { namespace: string; id: string } {
  const { namespace, id } = splitIdentity(identity);
  const isOpen = identity === own || (namespace === "user" && !id.startsWith("h_"));
  return { namespace, id: isOpen ? id : `${id.slice(0, 4)}…` };
}
