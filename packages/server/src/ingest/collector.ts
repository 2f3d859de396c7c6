import type { EventResult, TimedEvent } from "@vitrine/core";
import { createContactStore, type ContactStore } from "../identity/contactStore.ts";
import { createExposureStore } from "../experiments/exposureStore.ts";
import { createSurveyStore } from "../experiments/surveyStore.ts";
import { createGraph, type Graph, type Join } from "../identity/graph.ts";
import { createProofChecker, type ProofChecker } from "../identity/proof.ts";
import type { Foundation } from "../services.ts";
import { createCounterStore, type CounterStore } from "../stores/counterStore.ts";
import { createLogStore, type LogStore } from "../stores/logStore.ts";
import { createMessageStore } from "../stores/messageStore.ts";
import { createRowStore } from "../stores/rowStore.ts";
import { accept, logJoin, type Acceptance } from "./accept.ts";
import { createCommitQueue, type CommitQueue } from "./commitQueue.ts";
import { erasePerson, type ErasedIdentity, type PersonStores } from "./erasePerson.ts";
import { createKeeper } from "./keeper.ts";
import type { Submission } from "./prepare.ts";
import { openRows, type Rows } from "./rows.ts";
import { createTally, LEVELS, type Tally } from "./tally.ts";

/** Takes events in, and knows what became of them. */
export interface Collector {
  readonly rows: Rows;
  readonly log: LogStore;
  readonly graph: Graph;
  readonly contacts: ContactStore;
  readonly counters: CounterStore;
  readonly queue: CommitQueue;
  readonly checkProof: ProofChecker;
  /** Resolves when the events are durable. @throws HttpProblem 503 */
  accept(submission: Submission): Promise<EventResult[]>;
  /** Takes a join back; both sides are then what they were without it. @returns undefined when there is none. */
  undoJoin(siteId: string, joinId: number, by: string): Promise<Join | undefined>;
  /** Forgets a person, by any of their identities. @returns how many identities; 0 when nothing was known */
  erase(siteId: string, identity: string, by: string): Promise<number>;
  /** Waits for what is queued, and saves every row. */
  close(): Promise<void>;
}

/** What is told to others once it is durable. */
interface Change {
  siteId: string;
  identity: string;
  batchId: number;
  receivedAt: number;
  events: TimedEvent[];
  joined: boolean;
}

/** Text of rows kept in memory, in characters; the objects weigh several times that. */
const MAX_ROWS_LENGTH = 64e6;

/** Opens the collector: catches up with the log, then starts to save rows behind. */
export function openCollector(services: Foundation): Collector {
  const { database, settings, secrets, random, clock, audit } = services;
  const log = createLogStore(database);
  const graph = createGraph(database);
  const counters = createCounterStore(database);
  const contacts = createContactStore(database, secrets, random);
  const messages = createMessageStore(database);
  const exposures = createExposureStore(database);
  const surveys = createSurveyStore(database);
  const store = createRowStore(database);
  const rows = openRows({
    database,
    log,
    store,
    maxRows: settings.limits.maxRows,
    maxLength: MAX_ROWS_LENGTH,
  });
  const tally = createTally(counters, graph);
  const changes: Change[] = [];
  const acceptance: Acceptance = {
    rows,
    log,
    messages,
    graph,
    contacts,
    exposures,
    surveys,
    tally,
    changed: (change) => changes.push(change),
  };
  const queue = openQueue(services, { rows, tally, changes });
  const onFatal = (error: Error) => {
    void queue.close(); // nothing may be acknowledged after a flush failed, wherever it did
    services.onFatal(error);
  };
  const keeper = createKeeper({ ...services, onFatal }, { rows, log, messages, exposures, surveys, store });

  return {
    rows,
    log,
    graph,
    contacts,
    counters,
    queue,
    checkProof: createProofChecker(settings.proof),
    accept: (submission) => queue.run(() => accept(acceptance, submission)),
    undoJoin: (siteId, joinId, by) =>
      queue.run(() => {
        const at = clock();
        const undone = graph.undo(siteId, joinId, at);
        if (!undone) return undefined;
        for (const identity of [undone.a, undone.b])
          logJoin(acceptance, { siteId, identity, join: joinId, receivedAt: at });
        audit.append({ siteId, by, action: "join.undo", details: { join: joinId } });
        return undone;
      }),
    async erase(siteId, identity, by) {
      const stores = { rows, log, messages, graph, contacts, exposures, surveys };
      const erased = await queue.run(() => eraseDurably(services, stores, { siteId, identity, by }));
      // What was written over is still in the write-ahead log until that is emptied.
      if (erased.length > 0) database.raw.exec("PRAGMA wal_checkpoint(TRUNCATE)");
      for (const { identity: member, revision } of erased)
        if (revision !== undefined)
          services.hub.publish({ kind: "profile", siteId, identity: member, revision });
      return erased.length;
    },
    async close() {
      await queue.close();
      keeper.stop();
      rows.checkpoint(Infinity);
    },
  };
}

function eraseDurably(
  { database, audit, clock }: Foundation,
  stores: PersonStores,
  { siteId, identity, by }: { siteId: string; identity: string; by: string },
): ErasedIdentity[] {
  const { graph, rows } = stores;
  const members = graph.members(siteId, identity);
  if (members.length === 1 && !rows.read(siteId, identity)) return [];
  // Zeros over what is deleted, which is else only marked as free.
  database.raw.exec("PRAGMA secure_delete = ON");
  try {
    const erased = erasePerson(stores, siteId, identity, clock());
    audit.append({ siteId, by, action: "customer.erase", details: { identities: erased.length } });
    return erased;
  } finally {
    database.raw.exec("PRAGMA secure_delete = OFF");
  }
}

function openQueue(
  services: Foundation,
  { rows, tally, changes }: { rows: Rows; tally: Tally; changes: Change[] },
): CommitQueue {
  const { database, settings, metrics, hub, onFatal } = services;
  return createCommitQueue(database, {
    maxLength: settings.limits.maxQueue,
    beforeCommit: () => tally.write(),
    onCommit(requests, ms) {
      rows.commit();
      metrics.commit(ms, requests);
      for (const [key, count] of tally.commit()) {
        const name = key.split("\n")[1]!;
        if (!LEVELS.includes(name)) metrics.count(name, count);
      }
      for (const change of changes.splice(0)) publish(hub, change);
    },
    onRollback() {
      rows.rollback();
      tally.rollback();
      changes.length = 0;
    },
    onFatal,
  });
}

function publish(
  hub: Foundation["hub"],
  { siteId, identity, batchId, receivedAt, events, joined }: Change,
): void {
  hub.publish({ kind: "profile", siteId, identity, revision: batchId, ...(joined ? { joined } : {}) });
  if (!hub.has("event")) return;
  for (const event of events) hub.publish({ kind: "event", siteId, identity, batchId, receivedAt, event });
}
