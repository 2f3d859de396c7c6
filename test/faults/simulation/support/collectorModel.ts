import { createHash } from "node:crypto";

/** An event as it came, with what the model reads of it. */
export interface WireEvent {
  messageId: string;
  anonymousId: string;
  event?: string;
  properties: { n?: number; poison?: boolean; refuse?: string; writer?: string; seqs?: number[] };
  context: { writer: { id: string; seq: number } };
}

/** The body of a request. */
export interface WireBatch {
  device?: string;
  finished: { id: string; last: number }[];
  batch: WireEvent[];
}

/** What the collector says of one event. */
export interface WireResult {
  messageId: string;
  status: "accepted" | "duplicate" | "rejected";
  reason?: string;
}

/** What came from one page load: which numbers, and whether it is told to be over. */
interface WriterAccount {
  seqs: Set<number>;
  last: number;
  isClosed: boolean;
}

/** What the collector stored, and its books. */
export interface CollectorModel {
  /** As they were accepted, oldest first. */
  stored: WireEvent[];
  /** Takes a batch all at once; undefined where it is refused whole. */
  receive: (batch: WireBatch) => WireResult[] | undefined;
  /** Numbers of a page load that are stored, refused by name, or reported as dropped. */
  accountOf: (writer: string) => ReadonlySet<number>;
  /** Numbers that were reported as dropped. */
  reportedOf: (writer: string) => ReadonlySet<number>;
}

/** The id of the device that has a secret. */
export function deviceIdOf(secret: string): string {
  return `d_${createHash("sha256").update(secret).digest("base64url").slice(0, 22)}`;
}

/**
 * Creates a collector from the words of the wire's contract, sharing no code with the real one: an event counts once,
 * by its writer and number, and all of a finished page load up to its end counts as seen once that is complete.
 */
export function createCollectorModel(): CollectorModel {
  const stored: WireEvent[] = [];
  const writers = new Map<string, WriterAccount>();
  const reported = new Map<string, Set<number>>();

  const accountOf = (id: string) => {
    let account = writers.get(id);
    if (!account) writers.set(id, (account = { seqs: new Set(), last: 0, isClosed: false }));
    return account;
  };

  const closeIfComplete = (account: WriterAccount) => {
    if (account.last && account.seqs.size >= account.last) account.isClosed = true;
  };

  const note = (account: WriterAccount, seq: number) => {
    account.seqs.add(seq);
    closeIfComplete(account);
  };

  const noteDropped = ({ writer, seqs = [] }: WireEvent["properties"]) => {
    const told = reported.get(writer!) ?? new Set();
    reported.set(writer!, told);
    for (let at = 0; at < seqs.length; at += 2)
      for (let seq = seqs[at]!; seq <= seqs[at + 1]!; seq++) {
        note(accountOf(writer!), seq);
        told.add(seq);
      }
  };

  const judge = (event: WireEvent, owner: string | undefined): WireResult => {
    const { messageId, anonymousId, properties, context } = event;
    const { id, seq } = context.writer;
    if (owner !== anonymousId) return { messageId, status: "rejected", reason: "device_proof_required" };
    const account = accountOf(id);
    if (properties.refuse) {
      note(account, seq);
      return { messageId, status: "rejected", reason: properties.refuse };
    }
    if ((account.isClosed && seq <= account.last) || account.seqs.has(seq))
      return { messageId, status: "duplicate" };
    note(account, seq);
    stored.push(event);
    if (event.event === "Events Dropped") noteDropped(properties);
    return { messageId, status: "accepted" };
  };

  return {
    stored,
    receive: ({ device, finished, batch }) => {
      if (batch.some(({ properties }) => properties.poison)) return undefined;
      const owner = device && deviceIdOf(device);
      const results = batch.map((event) => judge(event, owner));
      for (const { id, last } of finished) {
        const account = accountOf(id);
        account.last = last;
        closeIfComplete(account);
      }
      return results;
    },
    accountOf: (writer) => accountOf(writer).seqs,
    reportedOf: (writer) => reported.get(writer) ?? new Set(),
  };
}
