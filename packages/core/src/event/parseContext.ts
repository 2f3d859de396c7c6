import { PURPOSES, type Purpose } from "../consent/purpose.ts";
import type { Json, JsonObject } from "../json.ts";
import { isObject, textOf, type Channel, type EventContext, type Writer } from "./event.ts";

const CHANNELS: Record<Channel, true> = { web: true, app: true, store: true, pos: true, server: true };

/** Segment's words for what we call `web` and `app`. */
const SEGMENT_CHANNELS: Record<string, Channel> = { browser: "web", mobile: "app" };

const WRITER_ID = /^[\w-]{1,22}$/;

/** Longest store id, in UTF-16 units. */
const MAX_STORE_ID = 128;

/** Context that belongs to one event, so a batch cannot hand it down to all of its events. */
const OF_ONE_EVENT = ["writer", "clock", "proof"];

/** Reads a writer; undefined when it is none. */
export function parseWriter(value: unknown): Writer | undefined {
  if (!isObject(value)) return undefined;
  const { id, seq } = value;
  if (typeof id !== "string" || !WRITER_ID.test(id)) return undefined;
  return typeof seq === "number" && Number.isSafeInteger(seq) && seq > 0 ? { id, seq } : undefined;
}

/** The part of a batch's context that its events inherit. */
export function inheritedContext(context: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(context).filter(([key]) => !OF_ONE_EVENT.includes(key)));
}

/**
 * Makes the fields that are read what their types promise; all others stay as they came.
 * What is read but is not of its type goes, except consent: said, but not understood, grants nothing.
 */
export function parseContext(from: JsonObject, inherited: JsonObject | undefined): EventContext {
  const context = inherited ? { ...inherited, ...from } : from;
  const mended: JsonObject = {};
  for (const [field, mend] of MENDERS) {
    const value = context[field];
    if (value === undefined) continue;
    const good = mend(value);
    if (good !== value) mended[field] = good;
  }
  const fields = Object.keys(mended);
  if (fields.length === 0) return context;
  const copy = { ...context, ...mended };
  for (const field of fields) if (copy[field] === undefined) delete copy[field];
  return copy;
}

/** For each field: the value if it is good, a mended one, or undefined to drop it. */
const MENDERS: readonly (readonly [string, (value: Json) => Json | undefined])[] = [
  ["channel", mendChannel],
  ["store", mendStore],
  ["clock", (value) => (isObject(value) && isNumber(value.at) && isNumber(value.origin) ? value : undefined)],
  ["consent", mendConsent],
  ["page", mendPage],
  ["source", textOnly],
  ["proof", textOnly],
];

const isNumber = (value: unknown) => Number.isFinite(value);

function textOnly(value: Json): Json | undefined {
  return typeof value === "string" ? value : undefined;
}

function mendChannel(value: Json): Json | undefined {
  if (typeof value !== "string") return undefined;
  if (Object.hasOwn(CHANNELS, value)) return value;
  return Object.hasOwn(SEGMENT_CHANNELS, value) ? SEGMENT_CHANNELS[value]! : undefined;
}

function mendStore(value: Json): Json | undefined {
  const id = isObject(value) ? textOf(value.id) : undefined;
  if (!id || id.length > MAX_STORE_ID) return undefined;
  const store = value as JsonObject;
  return store.id === id ? store : { ...store, id };
}

const isPurpose = (word: Json) => PURPOSES.includes(word as Purpose);

function mendConsent(value: Json): Json {
  if (!Array.isArray(value)) return [];
  return value.every(isPurpose) ? value : value.filter(isPurpose);
}

const PAGE_TEXTS = ["path", "url", "title", "referrer", "search"];

function mendPage(value: Json): Json | undefined {
  if (!isObject(value)) return undefined;
  const wrong = PAGE_TEXTS.filter((field) => value[field] !== undefined && typeof value[field] !== "string");
  if (wrong.length === 0) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !wrong.includes(key)));
}
