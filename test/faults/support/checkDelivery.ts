/** What a page said of one of its events. `id` is the generator's number, absent where another tab heard of it. */
export interface Note {
  level: "stored" | "delivered" | "dropped";
  messageId?: string | undefined;
  id?: string | undefined;
  reason?: string | undefined;
}

/** What was handed in and what was promised, written down outside the fault. */
export interface Ledger {
  /** How many events each page was told to create; their ids are `page.0`, `page.1` … */
  announced: Map<string, number>;
  /** Each event that a page said it handed in. A kill may swallow the last words: what arrives counts as well. */
  called: Set<string>;
  notes: Note[];
}

/** An event as the server's store has it. */
export interface LoggedEvent {
  messageId: string;
  name: string;
  /** The generator's number. */
  id?: string | undefined;
  writer?: { id: string; seq: number } | undefined;
}

/** What the server's store has. */
export interface DeliveryLog {
  events: LoggedEvent[];
  /** Places of a writer, first to last, that are spoken for without an event: refused or reported as dropped. */
  spoken: { writer: string; first: number; last: number }[];
  /** Last `seq` of each writer that the device reported as finished. */
  finished: Map<string, number>;
}

/** What became of all events; the lists name those that broke a promise. */
export interface Account {
  created: number;
  promised: number;
  arrived: number;
  /** The page said so, with a reason. */
  dropped: number;
  /** Created, neither promised nor arrived nor dropped: what a killed process took along. */
  unpromised: string[];
  /** Promised, and neither arrived nor reported as dropped. */
  lost: string[];
  /** Stored more than once, by number or by message id. */
  duplicated: string[];
  /** Stored, never created. */
  phantom: string[];
  /** Came with a smaller `seq` than an event that was created earlier in the same page. */
  disordered: string[];
  /** Writers with a missing `seq` of which the server was never told where they end. */
  unreported: string[];
  /** Missing places of finished writers: what the server should count as its gaps. */
  gaps: number;
}

const pageOf = (id: string) => id.slice(0, id.lastIndexOf("."));
const ordinalOf = (id: string) => Number(id.slice(id.lastIndexOf(".") + 1));

const repeated = (values: string[]): string[] => {
  const seen = new Set<string>();
  return [...new Set(values.filter((value) => seen.size === seen.add(value).size))];
};

/** Compares what was created and promised with what the server's store has. Pure. */
export function checkDelivery(ledger: Ledger, log: DeliveryLog): Account {
  const ids = log.events.flatMap(({ id }) => id ?? []);
  const arrived = new Set(ids);
  const { promised, dropped } = readNotes(ledger, log);
  const created = new Set([...ledger.called, ...promised, ...arrived]);
  const isPhantom = (id: string) => !(ordinalOf(id) < (ledger.announced.get(pageOf(id)) ?? 0));
  const missing = [...created].filter((id) => !arrived.has(id) && !dropped.has(id));
  return {
    created: created.size,
    promised: promised.size,
    arrived: arrived.size,
    dropped: dropped.size,
    unpromised: missing.filter((id) => !promised.has(id)),
    lost: missing.filter((id) => promised.has(id)),
    duplicated: repeated([...ids, ...log.events.map(({ messageId }) => messageId)]),
    phantom: [...arrived].filter(isPhantom),
    disordered: findDisorder(log.events),
    ...findGaps(log),
  };
}

function readNotes({ notes }: Ledger, { events }: DeliveryLog) {
  const idOf = new Map(events.map(({ messageId, id }) => [messageId, id]));
  for (const { messageId, id } of notes) if (messageId && id) idOf.set(messageId, id);
  const promised = new Set<string>();
  const dropped = new Set<string>();
  for (const { level, id, messageId = "" } of notes) {
    const number = id ?? idOf.get(messageId);
    if (number) (level === "dropped" ? dropped : promised).add(number);
  }
  return { promised, dropped };
}

function findDisorder(events: LoggedEvent[]): string[] {
  const bySeq = events.filter(({ writer, id }) => writer && id).sort((a, b) => a.writer!.seq - b.writer!.seq);
  const newest = new Map<string, number>();
  return bySeq.flatMap(({ writer, id }) => {
    const key = `${writer!.id} ${pageOf(id!)}`;
    const before = newest.get(key) ?? -1;
    newest.set(key, Math.max(before, ordinalOf(id!)));
    return ordinalOf(id!) < before ? [id!] : [];
  });
}

function findGaps({ events, spoken, finished }: DeliveryLog): { unreported: string[]; gaps: number } {
  const known = new Map<string, Set<number>>();
  const add = (writer: string, first: number, last: number) => {
    const seqs = known.get(writer) ?? new Set();
    known.set(writer, seqs);
    for (let seq = first; seq <= last; seq++) seqs.add(seq);
  };
  for (const { writer } of events) if (writer) add(writer.id, writer.seq, writer.seq);
  for (const { writer, first, last } of spoken) add(writer, first, last);
  const unreported: string[] = [];
  let gaps = 0;
  for (const [writer, seqs] of known) {
    const missing = Math.max(finished.get(writer) ?? 0, ...seqs) - seqs.size;
    if (finished.has(writer)) gaps += missing;
    else if (missing) unreported.push(`${writer}: ${missing}`);
  }
  return { unreported, gaps };
}

/** The broken promises of an account, a line each; none is what a row wants. */
export function violationsOf(account: Account): string[] {
  const kinds = ["lost", "duplicated", "phantom", "disordered", "unreported"] as const;
  return kinds.flatMap((kind) => {
    const names = account[kind];
    return names.length ? `${names.length} ${kind}: ${names.slice(0, 5).join(", ")}` : [];
  });
}
