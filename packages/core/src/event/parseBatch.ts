import type { JsonObject } from "../json.ts";
import { isObject, type EventType } from "./event.ts";
import { makeStorable } from "./makeStorable.ts";
import { measureJson } from "./measureJson.ts";
import { inheritedContext, parseWriter } from "./parseContext.ts";
import type { EventDefaults } from "./parseEvent.ts";
import { parseId } from "./parseId.ts";
import { WIRE_LIMITS, type WireLimits } from "./parseLimits.ts";
import { parseTimestamp } from "./parseTimestamp.ts";
import { utf8Length } from "./utf8Length.ts";
import type { FinishedWriter, SenderClock } from "./wire.ts";
import { WireError } from "./wireError.ts";

/** A request whose envelope is read; its events are still raw, each for `parseEvent` with `defaults`. */
export interface ParsedBatch {
  /** The key in the body; it may stand in a header instead. */
  writeKey?: string;
  /** The device's secret, 43 characters base64url. */
  device?: string;
  /** ms since 1970 on the sender's clock; absent when it makes no sense. */
  sentAt?: number;
  clock?: SenderClock;
  timesAsGiven: boolean;
  finished: FinishedWriter[];
  /** What the device says of itself; absent where it makes no sense. */
  queued?: number;
  rules?: number;
  events: unknown[];
  defaults: EventDefaults;
}

const DEVICE_SECRET = /^[\w-]{43}$/;
const MAX_KEY_LENGTH = 128;
const MAX_FINISHED = 500;

/** More events than any device has room for: a word above that is none. */
const MAX_QUEUED = 100_000;

/**
 * Reads the body of a batch. `integrations` is ignored: nothing is passed on to third parties.
 * @throws WireError when the whole request is at fault
 */
export function parseBatch(body: unknown, limits: WireLimits = WIRE_LIMITS): ParsedBatch {
  if (!isObject(body) || !Array.isArray(body.batch)) {
    throw new WireError("malformed_json", 'Send a JSON object with an array of events: {"batch": [...]}.');
  }
  if (body.batch.length > limits.maxEvents) {
    throw new WireError("too_large", `Send at most ${limits.maxEvents} events in one batch.`);
  }
  return { ...readEnvelope(body), events: body.batch, defaults: readDefaults(body, limits) };
}

/**
 * Reads the body of a single-event path, such as `/v1/track`: an event with the fields of a batch in it.
 * @param type what the path says
 * @throws WireError when the body is no object
 */
export function parseSingle(body: unknown, type: EventType): ParsedBatch {
  if (!isObject(body)) throw new WireError("malformed_json", "Send the event as a JSON object.");
  const { writeKey: _key, device: _device, ...event } = body;
  const envelope = readEnvelope(body);
  const defaults: EventDefaults =
    envelope.sentAt === undefined ? { type } : { type, sentAt: envelope.sentAt };
  return { ...envelope, events: [event], defaults };
}

function readEnvelope(body: JsonObject): Omit<ParsedBatch, "events" | "defaults"> {
  const { writeKey, device } = body;
  const sentAt = parseTimestamp(body.sentAt);
  const queued = readCount(body.queued, MAX_QUEUED);
  const rules = readCount(body.rules, Number.MAX_SAFE_INTEGER);
  const clock = readClock(body.clock);
  return {
    ...(typeof writeKey === "string" && writeKey !== "" && writeKey.length <= MAX_KEY_LENGTH
      ? { writeKey }
      : {}),
    ...(typeof device === "string" && DEVICE_SECRET.test(device) ? { device } : {}),
    ...(sentAt === undefined ? {} : { sentAt }),
    ...(queued === undefined ? {} : { queued }),
    ...(rules === undefined ? {} : { rules }),
    ...(clock ? { clock } : {}),
    timesAsGiven: body.timesAsGiven === true,
    finished: readFinished(body.finished),
  };
}

const readCount = (value: unknown, max: number): number | undefined =>
  Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= max
    ? (value as number)
    : undefined;

function readClock(value: unknown): SenderClock | undefined {
  if (!isObject(value) || typeof value.at !== "number" || !(value.at >= 0)) return undefined;
  const writer = parseWriter({ id: value.writer, seq: 1 });
  return { at: value.at, ...(writer ? { writer: writer.id } : {}) };
}

/** Entries that make no sense are passed over: what they would have closed stays open. */
function readFinished(value: unknown): FinishedWriter[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, MAX_FINISHED).flatMap((entry: unknown) => {
    const writer = isObject(entry) && parseWriter({ id: entry.id, seq: entry.last });
    return writer ? { id: writer.id, last: writer.seq } : [];
  });
}

function readDefaults(body: JsonObject, limits: WireLimits): EventDefaults {
  const defaults: EventDefaults = {};
  const anonymousId = parseId(body.anonymousId);
  const userId = parseId(body.userId);
  const sentAt = parseTimestamp(body.sentAt);
  if (anonymousId) defaults.anonymousId = anonymousId;
  if (userId) defaults.userId = userId;
  if (sentAt !== undefined) defaults.sentAt = sentAt;
  if (isObject(body.context)) readContext(inheritedContext(body.context), defaults, limits);
  return defaults;
}

/** Measured here once, because each event that inherits it weighs as much more. */
function readContext(given: JsonObject, defaults: EventDefaults, limits: WireLimits): void {
  const measure = measureJson({ context: given }, limits);
  if (measure.fault) throw new WireError("too_large", `In the context of the batch: ${measure.fault.detail}`);
  const context = makeStorable(given) as JsonObject;
  const bytes = utf8Length(JSON.stringify(context));
  defaults.context = context;
  defaults.measure = { keys: measure.keys, clean: true, minBytes: bytes, maxBytes: bytes };
}
