import type { Writer } from "../event/event.ts";
import { DAY_MS } from "../profile/dayCounts.ts";
import { get, put, type Keyed } from "../profile/keyed.ts";
import { addToRanges, inRanges, missingInRanges, sizeOfRanges, type Ranges } from "./ranges.ts";
import { noteKnownTime, type WallClock } from "./writerClock.ts";

/** Dedupe horizon: events older than this are rejected `too_old`, so ranges need not be kept longer. */
export const DEDUPE_HORIZON_MS: number = 90 * DAY_MS;

/** Writers kept open for one identity; the one heard of longest ago makes room. */
const MAX_WRITERS = 200;

/** What has come from one writer. */
export interface WriterReceived {
  ranges: Ranges;
  /** When something last came, ms. */
  seen: number;
  /** The last `seq` the device reported, once the writer was finished. */
  last?: number;
  /** Its wall clock, by the last event whose time is certain. */
  clock?: WallClock;
  /** The largest `seq` that came, and the newest time up to it. */
  newest?: { seq: number; time: number };
}

/**
 * What has come for one identity, kept in its own row: at once the dedupe of our own clients and the account.
 * `closed` holds complete writers by day (days since 1970), `CLOSED_LENGTH` characters each without separator.
 */
export interface Received {
  writers: Keyed<WriterReceived>;
  closed: Keyed<string>;
  /** The newest certain time of writers that are not in `writers` any more. */
  until?: number;
}

/** Nothing received yet. */
export const emptyReceived = (): Received => ({ writers: {}, closed: {} });

/** Length of a writer id in characters: 128 bits in base64url. */
const ID_LENGTH = 22;

/** Digits of a closed writer's last `seq`, in base 36. */
const LAST_LENGTH = 5;

/** Length of a closed writer: its id, and its last `seq`. */
const CLOSED_LENGTH = ID_LENGTH + LAST_LENGTH;

/** True when the event of that writer has come. */
export function hasReceived(received: Received, { id, seq }: Writer): boolean {
  const writer = get(received.writers, id);
  return writer ? inRanges(writer.ranges, seq) : seq <= lastOfClosed(received, id);
}

/** How many complete writers are kept. */
export function closedCount({ closed }: Received): number {
  return Object.values(closed).reduce((sum, ids) => sum + ids.length, 0) / CLOSED_LENGTH;
}

/**
 * Notes that an event came. One past the end of a closed writer opens it again: a page that slept while another one
 * spoke for it may wake with an event that nobody else knew of.
 * @returns false when it had come before: the event is a duplicate.
 */
export function receive(received: Received, { id, seq }: Writer, now: number): boolean {
  let writer = get(received.writers, id);
  if (!writer) {
    const last = lastOfClosed(received, id);
    if (seq <= last) return false;
    put(received.writers, id, (writer = { ranges: last ? [1, last] : [], seen: now }));
    forget(received, now);
  }
  if (!addToRanges(writer.ranges, seq)) return false;
  writer.seen = Math.max(writer.seen, now);
  if (writer.last) close(received, id, writer.last, now);
  return true;
}

/**
 * Takes the device's word that a writer is finished after `last`. A complete one shrinks to its id and that.
 * @returns how many of its events are missing.
 */
export function close(received: Received, id: string, last: number, now: number): number {
  const writer = get(received.writers, id);
  if (!writer) return Math.max(0, last - lastOfClosed(received, id));
  writer.last = last;
  const missing = last - sizeOfRanges(writer.ranges);
  const digits = last.toString(36).padStart(LAST_LENGTH, "0");
  if (missing > 0 || digits.length > LAST_LENGTH) return missing; // no page comes near; a lie stays listed whole
  leave(received, id, writer);
  const day = String(Math.floor(now / DAY_MS));
  received.closed[day] = (received.closed[day] ?? "") + keyOf(id) + digits;
  return 0;
}

/** The gaps of finished writers: which of their events never came. */
export function gaps(received: Received): { id: string; missing: Ranges }[] {
  return Object.entries(received.writers)
    .filter(([, writer]) => writer.last)
    .map(([id, writer]) => ({ id, missing: missingInRanges(writer.ranges, writer.last!) }));
}

/** Events that writers which are not finished have skipped so far: they may still come. */
export function skippedCount({ writers }: Received): number {
  let skipped = 0;
  for (const { last, ranges } of Object.values(writers))
    if (!last) skipped += (ranges.at(-1) ?? 0) - sizeOfRanges(ranges);
  return skipped;
}

const keyOf = (id: string) => id.padEnd(ID_LENGTH).slice(0, ID_LENGTH);

/** The last `seq` of a closed writer; 0 of one that is not. One that was opened again may be there twice. */
function lastOfClosed({ closed }: Received, id: string): number {
  const key = keyOf(id);
  let last = 0;
  for (const ids of Object.values(closed))
    for (let at = ids.indexOf(key); at >= 0; at = ids.indexOf(key, at + 1))
      if (at % CLOSED_LENGTH === 0)
        last = Math.max(last, parseInt(ids.slice(at + ID_LENGTH, at + CLOSED_LENGTH), 36));
  return last;
}

/** Drops what is past the horizon, and the longest unheard-of writer beyond the count. */
function forget(received: Received, now: number): void {
  const entries = Object.entries(received.writers);
  for (const [id, writer] of entries) if (writer.seen < now - DEDUPE_HORIZON_MS) leave(received, id, writer);
  for (const day of Object.keys(received.closed)) {
    if ((+day + 1) * DAY_MS < now - DEDUPE_HORIZON_MS) delete received.closed[day];
  }
  if (entries.length > MAX_WRITERS) {
    leave(received, ...entries.sort(([, a], [, b]) => a.seen - b.seen)[0]!);
  }
}

function leave(received: Received, id: string, { clock, newest }: WriterReceived): void {
  if (clock) noteKnownTime(received, newest!.time);
  delete received.writers[id];
}
