import { join } from "node:path";
import type { SealedEvent, TryOnNote, TryOnReport, Writer } from "@vitrine/core";
import { openAccount, type Account, type DropReason, type Drops } from "./account.ts";
import { openEventFolder, type EventFolder, type StoredEvent } from "./eventFolder.ts";
import { sealEvent } from "./sealEvent.ts";
import { uuidV7 } from "./uuidV7.ts";

/** What is sent at once, and what must be forgotten when the server has it. */
export interface Batch {
  events: readonly SealedEvent[];
  stored: readonly StoredEvent[];
  finished: readonly { id: string; last: number }[];
  dropped: readonly Drops[];
  /** Events that stay behind. */
  queued: number;
}

/** What the server said of one event. */
export interface Verdict {
  messageId: string;
  status: "accepted" | "duplicate" | "rejected";
  reason?: string;
}

/** The kiosk's events that the server has not acknowledged; on the disk, and nothing of them readable there. */
export interface Outbox {
  /** Resolves when the event is sealed and on the disk: then it will be delivered, or its loss is reported. */
  track(note: TryOnNote): Promise<void>;
  depth(): number;
  /** This process as a writer; undefined before its first event. */
  writer(): string | undefined;
  /** The oldest events; undefined when there is nothing to tell. */
  batch(maxEvents: number): Batch | undefined;
  /** Forgets what the server named, and what it was told besides. */
  settle(batch: Batch, verdicts: readonly Verdict[]): void;
}

/** What an outbox is made with. */
export interface OutboxOptions {
  folder: string;
  /** The server's public key; undefined while none is known. */
  eventKey: () => string | undefined;
  clock: { now: () => number; monotonic: () => number };
  random: (bytes: number) => Uint8Array;
  log: (line: string) => void;
  maxEvents?: number;
}

/** A busy mirror makes about 6,000 a day; each takes a block of the disk. */
export const MAX_EVENTS = 20_000;

/** Of text in one request. */
const MAX_BATCH_LENGTH = 256 * 1024;

/** Opens the outbox of a folder, with all that earlier processes left in it. */
export function openOutbox(options: OutboxOptions): Outbox {
  const { folder, eventKey, clock, random, log, maxEvents = MAX_EVENTS } = options;
  const events = openEventFolder(folder);
  const account = openAccount(join(folder, "account.json"));
  const id = Buffer.from(random(16)).toString("base64url");
  let seq = 0;
  let writing: Promise<void> = Promise.resolve();

  const drop = (stored: readonly StoredEvent[], reason: DropReason) => {
    account.leave(
      stored.map(({ writer }) => writer),
      reason,
    );
    events.remove(stored);
    log(`${stored.length} try-on events were dropped (${reason}); the shop is told`);
  };
  const store = async (report: TryOnReport, key: string, writer: Writer) => {
    try {
      const messageId = uuidV7(report.timestamp, random(16));
      const event = await sealEvent(report, { messageId, writer, eventKey: key });
      const over = events.list().length + 1 - maxEvents;
      // Some more than one, so that a full folder is not an account to write for each event.
      if (over > 0) drop(events.list().slice(0, Math.max(over, Math.floor(maxEvents / 100))), "no_space");
      events.add(event);
    } catch (error) {
      account.leave([writer], "other");
      throw error;
    }
  };

  return {
    track(note) {
      const key = eventKey();
      if (key === undefined)
        return Promise.reject(new Error("This kiosk has no key to seal events with yet."));
      const [now, at] = [clock.now(), clock.monotonic()];
      const report = { ...note, timestamp: now, clock: { at, origin: now - at } };
      // The number at once, the file in its turn: the order of the files is that of the numbers.
      const writer = { id, seq: ++seq };
      const stored = writing.then(() => store(report, key, writer));
      writing = stored.catch(() => undefined);
      return stored;
    },
    depth: () => events.list().length,
    writer: () => (seq > 0 ? id : undefined),
    batch(max) {
      const { damaged, unread, ...picked } = pick(events, max);
      if (damaged.length > 0) drop(damaged, "damaged");
      if (unread > 0) log(`${unread} try-on events cannot be read now; they are tried again`);
      const kept = new Set([id, ...events.list().map(({ writer }) => writer.id)]);
      const finished = account.writers().filter((writer) => !kept.has(writer.id));
      const dropped = account.drops();
      if (picked.events.length + finished.length + dropped.length === 0) return undefined;
      return { ...picked, finished, dropped, queued: events.list().length - picked.events.length };
    },
    settle: (batch, verdicts) => settle({ events, account, log }, batch, verdicts),
  };
}

interface Picked {
  events: SealedEvent[];
  stored: StoredEvent[];
  damaged: StoredEvent[];
  /** Files that the disk did not give: they stay, and hold up nobody. */
  unread: number;
}

/** Reads the oldest events, as many as one request takes. */
function pick(events: EventFolder, max: number): Picked {
  const picked: Picked = { events: [], stored: [], damaged: [], unread: 0 };
  let length = 0;
  for (const stored of events.list()) {
    if (picked.events.length >= max || length >= MAX_BATCH_LENGTH) break;
    const event = tryToRead(events, stored);
    if (event === "unread") picked.unread++;
    else if (!event) picked.damaged.push(stored);
    else {
      length += event.sealed.length;
      picked.events.push(event);
      picked.stored.push(stored);
    }
  }
  return picked;
}

function tryToRead(events: EventFolder, stored: StoredEvent): SealedEvent | undefined | "unread" {
  try {
    return events.read(stored);
  } catch {
    return "unread";
  }
}

function settle(
  { events, account, log }: { events: EventFolder; account: Account; log: (line: string) => void },
  batch: Batch,
  verdicts: readonly Verdict[],
): void {
  const told = new Map(verdicts.map((verdict) => [verdict.messageId, verdict]));
  // By name, never by place.
  const done = batch.stored.filter((_, at) => told.has(batch.events[at]!.messageId));
  if (done.length > 0) account.leave(done.map(({ writer }) => writer));
  events.remove(done);
  account.told(
    batch.dropped,
    batch.finished.map((writer) => writer.id),
  );
  const refused = verdicts.filter(({ status }) => status === "rejected");
  const reasons = [...new Set(refused.map(({ reason }) => reason ?? "no reason"))].join(", ");
  if (refused.length > 0) log(`the server refused ${refused.length} try-on events (${reasons})`);
}
