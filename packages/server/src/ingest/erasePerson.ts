import { emptyFold } from "@vitrine/core";
import type { ExposureStore } from "../experiments/exposureStore.ts";
import type { SurveyStore } from "../experiments/surveyStore.ts";
import type { ContactStore } from "../identity/contactStore.ts";
import type { Graph } from "../identity/graph.ts";
import type { LogStore } from "../stores/logStore.ts";
import type { MessageStore } from "../stores/messageStore.ts";
import { encodeEntry } from "./logEntry.ts";
import type { Rows } from "./rows.ts";

/** Every store that knows of people; a table that names an identity belongs in here. */
export interface PersonStores {
  rows: Rows;
  log: LogStore;
  messages: Pick<MessageStore, "erase">;
  graph: Graph;
  contacts: Pick<ContactStore, "erase">;
  exposures: Pick<ExposureStore, "erase">;
  surveys: Pick<SurveyStore, "erase">;
}

/** One identity of somebody who was erased; `revision` where a device still asks for it. */
export interface ErasedIdentity {
  identity: string;
  revision?: number;
}

/**
 * Forgets a person: all that came from every identity that was proven to be theirs, and that these belong together. Of a device
 * that certifies itself stays which of its events had come, as numbers, so that a repeat of one that was under way brings nothing back.
 * Synchronous, to run in the transaction that makes it durable.
 */
export function erasePerson(
  to: PersonStores,
  siteId: string,
  identity: string,
  at: number,
): ErasedIdentity[] {
  return to.graph.members(siteId, identity).map((member) => {
    const revision = eraseFold(to, siteId, member, at);
    for (const store of [to.log, to.messages, to.graph, to.contacts, to.exposures, to.surveys])
      store.erase(siteId, member);
    return { identity: member, ...(revision !== undefined && { revision }) };
  });
}

function eraseFold(
  { rows, log }: PersonStores,
  siteId: string,
  identity: string,
  at: number,
): number | undefined {
  const known = rows.read(siteId, identity);
  if (!known || !identity.startsWith("anonymous:d_")) {
    rows.erase(siteId, identity);
    return undefined;
  }
  // Only for its number, which is larger than any before: the device sees that what it knows is old.
  const body = encodeEntry({ items: [], ranged: false });
  const batchId = log.append({ siteId, identity, receivedAt: at, count: 0, body });
  rows.erase(siteId, identity, { ...known, batchId, fold: emptyFold() });
  return batchId;
}
