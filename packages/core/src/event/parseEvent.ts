import type { JsonObject } from "../json.ts";
import { isObject, type EventType, type VitrineEvent, type Writer } from "./event.ts";
import { makeStorable } from "./makeStorable.ts";
import { measureJson, tooLarge, type Measure } from "./measureJson.ts";
import { parseContext, parseWriter } from "./parseContext.ts";
import { MAX_MESSAGE_ID_LENGTH, parseId, parseMessageId } from "./parseId.ts";
import { WIRE_LIMITS, type WireLimits } from "./parseLimits.ts";
import { parseTimestamp } from "./parseTimestamp.ts";
import type { Fault, RejectReason } from "./rejectReason.ts";
import { utf8Length } from "./utf8Length.ts";

/** What a batch, or the path of a single event, hands down to its events. */
export interface EventDefaults {
  /** The type that the path names; stronger than the event's own. */
  type?: EventType;
  anonymousId?: string;
  userId?: string;
  context?: JsonObject;
  /** What `context` weighs, counted to each event that inherits it. */
  measure?: Measure;
  /** When the batch was sent, ms; so an event without a timestamp is corrected like all others. */
  sentAt?: number;
}

/** How to parse one event. */
export interface ParseOptions {
  /** When it arrived, ms: the time of an event that gives none, in a batch that gives none. */
  receivedAt: number;
  defaults?: EventDefaults;
  /** Makes a message id for an event that has none; without this it is refused. */
  makeId?: () => string;
  limits?: WireLimits;
  /**
   * Says that the JSON text had no `\u` in it. It was UTF-8, so it has neither lone surrogates nor NUL then, and no
   * text is looked at for those.
   */
  isStorable?: boolean;
}

/**
 * An event, or why it is refused and what the sender should do about it.
 * A refused event still names its writer and device where it can, so that its `seq` leaves no gap.
 */
export type ParsedEvent =
  | { ok: true; event: VitrineEvent }
  | {
      ok: false;
      messageId: string;
      reason: RejectReason;
      detail: string;
      writer?: Writer;
      anonymousId?: string;
    };

/**
 * Reads one event of the Segment envelope. Never throws for JSON, changes nothing it is given, and gives
 * back parts of it unchanged where they are good: hostile keys are own keys of plain objects there.
 * @param raw the event as `JSON.parse` gave it
 */
export function parseEvent(raw: unknown, options: ParseOptions): ParsedEvent {
  const { limits = WIRE_LIMITS, defaults } = options;
  if (!isObject(raw)) return refuse({}, options, fault("malformed", "Send each event as a JSON object."));
  const measure = measureJson(raw, limits, defaults?.measure, options.isStorable);
  const broken = measure.fault ?? weigh(raw, measure, options);
  if (broken) return refuse(raw, options, broken);
  const parsed = readEvent(raw, measure.clean ? raw : (makeStorable(raw) as JsonObject), options);
  return "reason" in parsed ? refuse(raw, options, parsed) : { ok: true, event: parsed };
}

/** Counts bytes for the few events whose size the walk could not tell. */
function weigh(raw: JsonObject, { minBytes, maxBytes }: Measure, options: ParseOptions): Fault | undefined {
  const { limits = WIRE_LIMITS, defaults } = options;
  if (maxBytes <= limits.maxEventBytes) return undefined;
  const inherited = defaults?.measure?.minBytes ?? 0;
  const fits =
    minBytes <= limits.maxEventBytes && utf8Length(JSON.stringify(raw)) + inherited <= limits.maxEventBytes;
  return fits ? undefined : tooLarge(limits);
}

/** Reads ids and times from `raw`, because those are never mended, all else from `from`. */
function readEvent(raw: JsonObject, from: JsonObject, options: ParseOptions): VitrineEvent | Fault {
  const { defaults = {}, makeId, limits = WIRE_LIMITS } = options;
  const messageId = isAbsent(raw.messageId) ? makeId?.() : parseMessageId(raw.messageId);
  if (messageId === undefined) return NO_MESSAGE_ID;
  const type = defaults.type ?? raw.type;
  if (!isEventType(type)) return NO_TYPE;
  const event = nameOf(type, from);
  if (type === "track" && !event) return NO_NAME;
  if (event && event.length > limits.maxNameLength) {
    return fault("too_large", `Keep the names of events to ${limits.maxNameLength} characters.`);
  }
  const ids = readIds(type, raw, defaults);
  if ("reason" in ids) return ids;
  const { anonymousId, userId, groupId, previousId } = ids;
  const timestamp = readTimestamp(raw, options);
  if (timestamp === undefined) return NO_TIME;
  if (
    !isOptionalObject(from.properties) ||
    !isOptionalObject(from.traits) ||
    !isOptionalObject(from.context)
  ) {
    return fault("malformed", "Send properties, traits and context as JSON objects, or not at all.");
  }
  if (!isAbsent(from.context?.writer) && !parseWriter(from.context?.writer)) return NO_WRITER;
  const parsed = { type, messageId } as VitrineEvent;
  if (event) parsed.event = event;
  if (anonymousId) parsed.anonymousId = anonymousId;
  if (userId) parsed.userId = userId;
  if (groupId) parsed.groupId = groupId;
  if (previousId) parsed.previousId = previousId;
  parsed.timestamp = timestamp;
  parsed.properties = readProperties(type, from);
  parsed.traits = from.traits ?? {};
  parsed.context = parseContext(from.context ?? {}, defaults.context);
  return parsed;
}

const TYPES: Record<EventType, true> = {
  track: true,
  page: true,
  screen: true,
  identify: true,
  group: true,
  alias: true,
};

function isEventType(value: unknown): value is EventType {
  return typeof value === "string" && Object.hasOwn(TYPES, value);
}

function nameOf(type: EventType, from: JsonObject): string | undefined {
  const name = type === "track" ? from.event : type === "page" || type === "screen" ? from.name : undefined;
  return (typeof name === "string" && name.trim()) || undefined;
}

type Ids = Pick<VitrineEvent, "anonymousId" | "userId" | "groupId" | "previousId">;

function readIds(type: EventType, raw: JsonObject, defaults: EventDefaults): Ids | Fault {
  const anonymousId = parseId(raw.anonymousId) ?? defaults.anonymousId;
  const userId = parseId(raw.userId) ?? defaults.userId;
  if (!anonymousId && !userId) return NO_IDENTITY;
  const ids: Ids = {};
  if (anonymousId) ids.anonymousId = anonymousId;
  if (userId) ids.userId = userId;
  const groupId = type === "group" ? parseId(raw.groupId) : undefined;
  const previousId = type === "alias" ? parseId(raw.previousId) : undefined;
  if (groupId) ids.groupId = groupId;
  if (previousId) ids.previousId = previousId;
  if (type === "group" && !groupId) return fault("missing_identity", "Give a groupId in a group call.");
  if (type === "alias" && !previousId)
    return fault("missing_identity", "Give a previousId in an alias call.");
  return ids;
}

/** `originalTimestamp` is what Segment's servers keep of a client's `timestamp`; it counts where that is missing. */
function readTimestamp(raw: JsonObject, { defaults, receivedAt }: ParseOptions): number | undefined {
  const given = raw.timestamp ?? raw.originalTimestamp;
  return isAbsent(given) ? (defaults?.sentAt ?? receivedAt) : parseTimestamp(given);
}

/** Segment sends the category of a page beside its properties. */
function readProperties(type: EventType, from: JsonObject): JsonObject {
  const properties = (from.properties ?? {}) as JsonObject;
  const isCategorised = (type === "page" || type === "screen") && typeof from.category === "string";
  return isCategorised && properties.category === undefined
    ? { ...properties, category: from.category }
    : properties;
}

const isAbsent = (value: unknown): value is null | undefined => value === undefined || value === null;

const isOptionalObject = (value: unknown): value is JsonObject | null | undefined =>
  isAbsent(value) || isObject(value);

function refuse(raw: JsonObject, { defaults }: ParseOptions, { reason, detail }: Fault): ParsedEvent {
  const messageId = parseMessageId(raw.messageId) ?? "";
  const writer = isObject(raw.context) ? parseWriter(raw.context.writer) : undefined;
  const anonymousId = parseId(raw.anonymousId) ?? defaults?.anonymousId;
  return {
    ok: false,
    messageId,
    reason,
    detail,
    ...(writer ? { writer } : {}),
    ...(anonymousId ? { anonymousId } : {}),
  };
}

const fault = (reason: RejectReason, detail: string): Fault => ({ reason, detail });

const NO_MESSAGE_ID: Fault = fault(
  "message_id",
  `Give each event a messageId: text of 1 to ${MAX_MESSAGE_ID_LENGTH} characters, the same at each attempt.`,
);
const NO_TYPE: Fault = fault("unknown_type", `Give type as one of ${Object.keys(TYPES).join(", ")}.`);
const NO_NAME: Fault = fault("missing_name", "Give a track call a name in its field event.");
const NO_IDENTITY: Fault = fault(
  "missing_identity",
  "Give an anonymousId or a userId of up to 256 characters; words such as null, undefined or 0 name nobody.",
);
const NO_TIME: Fault = fault(
  "bad_timestamp",
  "Give timestamp as ISO 8601 (2026-11-01T09:30:00.000Z), or as epoch seconds or milliseconds, or not at all.",
);
const NO_WRITER: Fault = fault(
  "bad_writer",
  "Give context.writer as {id, seq}: up to 22 characters A-Z a-z 0-9 _ -, and an integer from 1; or leave it out.",
);
