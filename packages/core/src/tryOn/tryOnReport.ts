import { isObject } from "../event/event.ts";
import { parseTryOn, type TryOnEvent } from "./tryOnEvent.ts";

/** What the mirror's page tells of an event. */
export interface TryOnNote {
  event: TryOnEvent;
  /** Made anew for each shopper; says nothing about her. */
  session: string;
  /** The server's word on whose profile it may be added to, there while a phone lends one. Only the server reads it. */
  attribution?: string;
}

/** What is sealed: the note, and when it was made. */
export interface TryOnReport extends TryOnNote {
  /** ms since 1970, by the kiosk's clock. */
  timestamp: number;
  clock: { at: number; origin: number };
}

const SESSION = /^[\w-]{8,64}$/;
const ATTRIBUTION = /^[\w-]{1,1024}$/;

/** Reads what a page tells; undefined when that is no try-on event of a session. */
export function parseTryOnNote(value: unknown): TryOnNote | undefined {
  if (!isObject(value)) return undefined;
  const { session, attribution } = value;
  const event = parseTryOn(value.event);
  if (!event || typeof session !== "string" || !SESSION.test(session)) return undefined;
  if (attribution === undefined || attribution === null) return { event, session };
  if (typeof attribution !== "string" || !ATTRIBUTION.test(attribution)) return undefined;
  return { event, session, attribution };
}

/** Reads what was sealed; undefined when it is no report. */
export function parseTryOnReport(value: unknown): TryOnReport | undefined {
  const note = parseTryOnNote(value);
  if (!note || !isObject(value) || !isObject(value.clock)) return undefined;
  const { timestamp } = value;
  const { at, origin } = value.clock;
  if (!isTime(timestamp) || !isTime(at) || !isTime(origin)) return undefined;
  return { ...note, timestamp, clock: { at, origin } };
}

const isTime = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);
