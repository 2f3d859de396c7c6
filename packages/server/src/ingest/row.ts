import {
  boundGrown,
  close,
  emptyFold,
  emptyReceived,
  foldEvent,
  hasReceived,
  noteTime,
  receive,
  sizeOfRanges,
  skippedCount,
  type Channel,
  type Fold,
  type Grown,
  type Received,
} from "@vitrine/core";
import {
  isEvent,
  type DeviceReport,
  type DropReason,
  type DroppedReport,
  type LogEntry,
  type LogItem,
} from "./logEntry.ts";
import { addRanges } from "./addRanges.ts";

/** What a device said of itself, and what it dropped. */
export interface DeviceState extends DeviceReport {
  /** Of its newest event. */
  channel?: Channel;
  /** Events that it reported as dropped, by reason. */
  dropped: Partial<Record<DropReason, number>>;
}

/** What is kept of one identity. A pure function of its log: replaying gives the same bytes. */
export interface Row {
  /** The last log row it contains; 0 when there is none. */
  batchId: number;
  /** When something last came, ms. */
  seenAt: number;
  fold: Fold;
  received: Received;
  /** Absent for identities that are no device. */
  device?: DeviceState;
}

/** A row that contains nothing. */
export const emptyRow = (): Row => ({ batchId: 0, seenAt: 0, fold: emptyFold(), received: emptyReceived() });

/** Applies one thing that came. What `grown` then holds is to be bounded when the entry is finished. */
export function applyItem(
  row: Row,
  item: LogItem,
  { ranged, receivedAt, grown }: { ranged: boolean; receivedAt: number; grown: Grown },
): void {
  if (isEvent(item)) {
    if (ranged && item.context.writer) {
      receive(row.received, item.context.writer, receivedAt);
      noteTime(row.received, item);
    }
    foldEvent(row.fold, item, grown);
  } else if (Array.isArray(item)) receive(row.received, { id: item[0], seq: item[1] }, receivedAt);
  else applyDropped(row, item, receivedAt);
}

/** A report about a closed writer changes nothing: it is complete. */
function applyDropped(row: Row, report: DroppedReport, receivedAt: number): void {
  const { received } = row;
  const { dropped, writer: id, reason = "other" } = report;
  const device = (row.device ??= { dropped: {} });
  device.dropped[reason] = (device.dropped[reason] ?? 0) + newlyDropped(received, report);
  receive(received, { id, seq: dropped[0]! }, receivedAt); // opens a writer of which nothing else came
  const writer = Object.hasOwn(received.writers, id) ? received.writers[id]! : undefined;
  if (!writer) return;
  writer.ranges = addRanges(writer.ranges, dropped);
  if (writer.last) close(received, id, writer.last, receivedAt);
}

/** How many of the events that a device reports as dropped are accounted for by nothing else. */
export function newlyDropped(received: Received, { dropped, writer: id }: DroppedReport): number {
  const ranges = Object.hasOwn(received.writers, id) ? received.writers[id]!.ranges : undefined;
  if (ranges) return sizeOfRanges(addRanges(ranges, dropped)) - sizeOfRanges(ranges);
  return hasReceived(received, { id, seq: dropped[0]! }) ? 0 : sizeOfRanges(dropped);
}

/** Bounds what grew, closes writers and notes the row that said so; to be called once an entry, last. */
export function finishEntry(
  row: Row,
  { items, finished = [], report }: LogEntry,
  batchId: number,
  receivedAt: number,
  grown: Grown = new Map(),
): void {
  boundGrown(grown);
  for (const { id, last } of finished) close(row.received, id, last, receivedAt);
  if (report) {
    const channel = items.findLast(isEvent)?.context.channel;
    row.device = { dropped: {}, ...row.device, ...report, ...(channel && { channel }) };
  }
  row.batchId = batchId;
  row.seenAt = Math.max(row.seenAt, receivedAt);
}

/** Applies a whole log row, as it was applied when it came. */
export function applyEntry(row: Row, entry: LogEntry, batchId: number, receivedAt: number): void {
  const { ranged } = entry;
  const grown: Grown = new Map();
  for (const item of entry.items) applyItem(row, item, { ranged, receivedAt, grown });
  finishEntry(row, entry, batchId, receivedAt, grown);
}

/**
 * Events of a device that are nowhere yet: skipped by page loads that are not finished, and not said to be stored.
 * Nothing can be told of a device that does not say what it holds, nor of a server, whose events go to many identities.
 */
export function unsettledCount({ received, device }: Row): number {
  return device?.queued === undefined ? 0 : Math.max(0, skippedCount(received) - device.queued);
}

/** Events that finished writers reported and that never came. */
export function missingCount(received: Received): number {
  let missing = 0;
  for (const { last, ranges } of Object.values(received.writers))
    if (last) missing += last - sizeOfRanges(ranges);
  return missing;
}
