import type { JsonObject, TimedEvent } from "@vitrine/core";

/** The readable part of an event; the proof and the network's facts stay away from screens. */
export interface SlimEvent {
  type: string;
  event?: string;
  messageId: string;
  userId?: string;
  properties: JsonObject;
  traits: JsonObject;
  context: JsonObject;
  /** True when its time is a guess that keeps the order. */
  uncertain?: boolean;
}

/** Fields of the context that a merchant can make sense of. */
const CONTEXT_FIELDS = ["channel", "store", "source", "consent", "writer", "library"] as const;
const PAGE_FIELDS = ["path", "title", "url", "referrer"] as const;

/** What a customer's timeline shows of an event. */
export function slimEvent({
  type,
  event,
  messageId,
  userId,
  properties,
  traits,
  context,
  uncertain,
}: TimedEvent): SlimEvent {
  const page = pick(context.page ?? {}, PAGE_FIELDS);
  const slim: JsonObject = pick(context, CONTEXT_FIELDS);
  if (Object.keys(page).length > 0) slim.page = page;
  return {
    type,
    ...(event === undefined ? {} : { event }),
    messageId,
    ...(userId === undefined ? {} : { userId }),
    properties,
    traits,
    context: slim,
    ...(uncertain ? { uncertain } : {}),
  };
}

/** What the live list shows: of traits only their names, because it scrolls by on screens that many people see. */
export function liveEvent(event: TimedEvent): SlimEvent {
  const slim = slimEvent(event);
  return { ...slim, traits: Object.fromEntries(Object.keys(slim.traits).map((name) => [name, "…"])) };
}

function pick(from: JsonObject, fields: readonly string[]): JsonObject {
  return Object.fromEntries(
    fields.flatMap((field) => (Object.hasOwn(from, field) ? [[field, from[field]]] : [])),
  );
}
