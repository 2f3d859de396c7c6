import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { FinishedWriter, Ranges, TimedEvent } from "@vitrine/core";

/** A `seq` of a writer that came, but brought no event here: it was rejected, or a shared device brought it for a shopper. */
export type Mark = [writerId: string, seq: number];

/** Part of a writer that the device itself reported as dropped. */
export interface DroppedReport {
  dropped: Ranges;
  writer: string;
  /** Absent in logs from before it was kept. */
  reason?: DropReason;
}

/** Why devices drop events: the SDK's reasons, and one word for all others. */
export const DROP_REASONS = [
  "no_space",
  "too_large",
  "malformed",
  "refused",
  "duplicate_order",
  "damaged",
  "other",
] as const;
export type DropReason = (typeof DROP_REASONS)[number];

/** What a device says of itself with a batch. */
export interface DeviceReport {
  /** Events that are still stored on it. */
  queued?: number;
  /** Version of the ruleset that it goes by. */
  rules?: number;
}

/** One thing that came, in the order in which it came. */
export type LogItem = TimedEvent | Mark | DroppedReport;

/** What one batch brought for one identity: all that is needed to fold it again. */
export interface LogEntry {
  items: LogItem[];
  /** True when `context.writer` was trusted: the events count in the received ranges. */
  ranged: boolean;
  finished?: FinishedWriter[];
  /** Present when the identity is the device that sent the batch. */
  report?: DeviceReport;
  /** Id of an edge that was made or undone at this identity. */
  join?: number;
}

/** True for an event, false for what only touches the received ranges. */
export function isEvent(item: LogItem): item is TimedEvent {
  return "messageId" in item;
}

/** Bodies below this are kept plain: deflating them costs more than it saves. */
const MIN_DEFLATE_LENGTH = 1024;

/** Level 1: on event batches higher levels save little and cost several times the time. */
const DEFLATE = { level: 1, chunkSize: 8 * 1024 };

/** The body of a log row: JSON text, deflated when long. */
export function encodeEntry(entry: LogEntry): string | Uint8Array {
  const text = JSON.stringify(entry);
  return text.length < MIN_DEFLATE_LENGTH ? text : deflateRawSync(text, DEFLATE);
}

/** Reads what {@link encodeEntry} wrote. */
export function decodeEntry(body: string | Uint8Array): LogEntry {
  return JSON.parse(typeof body === "string" ? body : inflateRawSync(body).toString()) as LogEntry;
}
