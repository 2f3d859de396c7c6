import { isObject, parseWriter, type JsonObject, type Ranges, type TimedEvent } from "@vitrine/core";
import { DROP_REASONS, type DroppedReport, type DropReason } from "./logEntry.ts";

/** Bounds of ranges in one report; our SDK drops runs. */
const MAX_BOUNDS = 2_000;

/** Reads the report of events that the device itself dropped, or undefined when it is none. */
export function readDropped({ type, event, properties }: TimedEvent): Required<DroppedReport> | undefined {
  if (type !== "track" || event !== "Events Dropped") return undefined;
  return parseDropped(properties);
}

/** Reads `{writer, seqs, reason}`, or undefined when it is none. */
export function parseDropped({ writer, seqs, reason }: JsonObject): Required<DroppedReport> | undefined {
  const id = isObject(writer) ? writer.id : writer;
  const known = parseWriter({ id, seq: 1 });
  if (!known || !isRanges(seqs)) return undefined;
  return { writer: known.id, dropped: seqs, reason: isReason(reason) ? reason : "other" };
}

const isReason = (value: unknown): value is DropReason => DROP_REASONS.includes(value as DropReason);

function isRanges(value: unknown): value is Ranges {
  if (!Array.isArray(value) || value.length === 0 || value.length % 2 !== 0 || value.length > MAX_BOUNDS)
    return false;
  let last = 0;
  return value.every((bound: unknown, i) => {
    const isSafe =
      Number.isSafeInteger(bound) &&
      (bound as number) < MAX_SEQ &&
      (bound as number) >= last + (i % 2 === 0 ? 1 : 0);
    last = bound as number;
    return isSafe;
  });
}

/** Nobody counts to this within one page load. */
const MAX_SEQ = 1e9;
