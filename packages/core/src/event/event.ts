import type { Json, JsonObject } from "../json.ts";
import type { Purpose } from "../consent/purpose.ts";

/** The six calls of the Segment spec. */
export type EventType = "track" | "page" | "screen" | "identify" | "group" | "alias";

/** Where an event comes from; `web` when nothing is said. */
export type Channel = "web" | "app" | "store" | "pos" | "server";

/**
 * One page load, or one start of a worker or kiosk process.
 * `id` is random, made in memory (22 characters base64url); `seq` counts from 1 without gaps.
 * A crash or a restored disk starts a new writer, so a (`id`, `seq`) pair is never used twice.
 */
export interface Writer {
  id: string;
  seq: number;
}

/** Surroundings of an event. Foreign clients send what they like; these fields are read. */
export interface EventContext extends JsonObject {
  writer?: Writer & JsonObject;
  channel?: Channel;
  store?: { id: string } & JsonObject;
  /** Monotonic capture time `at`, and what the wall clock said then for that clock's zero (`origin`); both in ms. */
  clock?: { at: number; origin: number } & JsonObject;
  /** Purposes granted at capture; absent from foreign clients, which answer for their own consent. */
  consent?: Purpose[];
  page?: { path?: string; url?: string; title?: string; referrer?: string; search?: string } & JsonObject;
  /** Where the SDK found the event: `call`, `dataLayer`, `jsonld`. */
  source?: string;
  /** A proof of the `userId`: a token signed by the shop's server. */
  proof?: string;
}

/**
 * An immutable record that something happened: the Segment envelope, parsed.
 * `timestamp` is the client's word (ISO 8601 on the wire, milliseconds here); {@link TimedEvent} has the truth.
 */
export interface VitrineEvent {
  type: EventType;
  messageId: string;
  /** Name of a `track`, name of a page or screen. */
  event?: string;
  anonymousId?: string;
  userId?: string;
  /** The group a `group` call names. */
  groupId?: string;
  /** The id an `alias` call replaces. */
  previousId?: string;
  /** Milliseconds since 1970; NaN never passes the parser. */
  timestamp: number;
  properties: JsonObject;
  traits: JsonObject;
  context: EventContext;
}

/** An event whose `time` (ms since 1970) is fixed: by the collector at acceptance, provisionally by a device. */
export interface TimedEvent extends VitrineEvent {
  time: number;
  /** True when the time was placed between neighbours for want of a clock. */
  uncertain?: boolean;
}

/** Per-event answer of the collector. */
export interface EventResult {
  messageId: string;
  status: "accepted" | "duplicate" | "rejected";
  /** Why, for `rejected`: a stable code such as `too_old`. */
  reason?: string;
  /** The fixed time in ms, for `accepted`. */
  time?: number;
  /** True when that time was placed between neighbours for want of a clock. */
  uncertain?: boolean;
  /** What became of a `userId`, for `identify` with a proof. */
  proof?: "proven" | "expired" | "invalid" | "other_person" | "wrong_device";
}

/** Reads a string property, or undefined. */
export function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" && value !== ""
    ? value
    : typeof value === "number"
      ? String(value)
      : undefined;
}

/** Reads a finite number, also from a numeric string as shops send prices, or undefined. */
export function numberOf(value: Json | undefined): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** True for a JSON object (neither null nor an array). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
