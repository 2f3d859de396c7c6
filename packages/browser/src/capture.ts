import {
  get,
  textOf,
  toJson,
  type EventContext,
  type EventType,
  type JsonObject,
  type TimedEvent,
  type Writer,
} from "@vitrine/core";
import { attempt } from "./attempt.ts";
import { grantedPurposes } from "./identity/consent.ts";
import type { DropReport } from "./drops.ts";
import type { Emit } from "./emitter.ts";
import { createMessageIds, orderMessageId, toBase64Url } from "./ids.ts";
import type { Outbox, Stored } from "./outbox/outbox.ts";
import { isOver, type Row } from "./outbox/row.ts";
import { pageOf } from "./pageOf.ts";
import type { Platform } from "./platform.ts";
import type { State } from "./state.ts";
import { holdLock } from "./sync/lock.ts";

/** Bytes of an event at most; the collector refuses larger ones. */
const MAX_EVENT_BYTES = 32_000;

/** Events with a strict transaction of their own, and never evicted. */
const PRECIOUS = /^(Order (Completed|Refunded|Cancelled)|Consent Updated|Events Dropped)$/;

/** An event as it is handed in. */
export interface Draft {
  type: EventType;
  event?: unknown;
  properties?: unknown;
  traits?: unknown;
  userId?: string;
  /** As the page gave them; `context` is read. */
  options?: unknown;
  /** ms since 1970, when it happened earlier than now. */
  at?: number | undefined;
}

/** Stamps events. */
export interface Capture {
  /** Stamps now; never throws and never rejects, whatever it is given. */
  _capture: (draft: Draft) => Promise<Stored>;
  /** A new id in the row of message ids. */
  _newId: () => string;
  /**
   * Goes on with the calls that waited for consent and device; those about the cart wait for the personal part as well,
   * which knows what is in it, unless this `isLast` chance.
   */
  _release: (isLast?: boolean) => void;
}

/** What capture needs of the engine. */
export interface CaptureNeeds extends Platform, State, Pick<Outbox, "_add">, Pick<DropReport, "_lost"> {
  _emit: Emit;
  /** Rows went or came that a fold contains. */
  _refold: () => void;
  /** True while the personal part is on its way. */
  _isPersonalDue: () => boolean;
  /** A row was taken. */
  _taken: (row: Row) => void;
}

/** An event on its way to a row: what the wire's envelope says, and `at`. */
type Stamped = Pick<TimedEvent, "messageId" | "type"> & {
  event?: string;
  properties: JsonObject;
  context: EventContext;
  at: number;
};

type Resolve = (stored: Stored | Promise<Stored>) => void;

/** Creates the stamping: message id, writer `seq`, context and consent, all in the caller's own turn. */
export function createCapture(engine: CaptureNeeds): Capture {
  const { _config } = engine;
  let held: [Stamped | undefined, Resolve][] = [];
  const orders = new Set<string>();
  const newId = createMessageIds(engine._random(8));
  let lastMs = 0;

  const stamp = ({ at, options, event, properties, traits, ...draft }: Draft): Stamped => {
    if (typeof (event ?? "") !== "string") throw new Error();
    // Never back: within a page the order of events is the order of calls, whatever the wall clock does.
    const now = engine._now();
    const clock = Math.round(engine._clock());
    lastMs = Math.max(lastMs, now);
    const facts = isRecord(properties) ? properties : {};
    const orderId = orderOf(event, facts);
    return {
      ...draft,
      ...(event ? { event: event as string } : {}),
      messageId: orderId ? orderMessageId(_config.site, orderId) : newId(lastMs),
      properties: facts,
      ...(isRecord(traits) && { traits }),
      context: {
        channel: _config.channel!,
        store: _config.store!,
        source: "call",
        ...(options as { context?: object } | undefined)?.context,
        page: pageOf(window),
        clock: { at: clock, origin: now - clock },
      },
      at: at ?? lastMs,
    };
  };

  const nextWriter = () => {
    if (!engine._writer) {
      const id = toBase64Url(engine._random(16));
      engine._writer = { id, seq: 0, _release: holdLock(engine._locks, `vitrine.writer.${id}`) };
    }
    engine._writer.seq++;
    return engine._writer;
  };

  /** An order that this device knows already: folded, waiting, or sent from this page. */
  const isRepeated = ({ event, messageId, properties }: Stamped): boolean => {
    const id = orderOf(event, properties);
    if (!id) return false;
    const folded = engine._snapshot?.fold.orders;
    const isKnown =
      orders.has(id) ||
      engine._rows.has(messageId) ||
      engine._tail.has(messageId) ||
      !!get(folded, id)?.first;
    orders.add(id);
    return isKnown;
  };

  /** Says the resulting quantity of a cart's line: a fold knows no differences. */
  const countCart = ({ event, properties }: Stamped): JsonObject => {
    // Folding is put off until somebody looks. Without the personal part the collector counts.
    const quantity = isCart(event) ? engine._personal?._quantityOf(event!, properties) : undefined;
    if (quantity === undefined) return properties;
    return {
      ...properties,
      cart_quantity: quantity,
      // A device that came back has a history that is not here yet.
      ...(engine._device!.restored && !engine._snapshot && { approximate: true }),
    };
  };

  const textFor = (stamped: Stamped, anonymousId: string, writer: Writer & JsonObject): string => {
    const { at, ...event } = stamped;
    const { _user } = engine;
    return toJson({
      ...(_user && { userId: _user.id }),
      ...event,
      anonymousId,
      timestamp: new Date(at).toISOString(),
      properties: countCart(stamped),
      context: { ...event.context, writer, consent: grantedPurposes(engine._consent) },
    });
  };

  const take = (stamped: Stamped | undefined): Stored | Promise<Stored> => {
    const { _phase, _device } = engine;
    const messageId = stamped?.messageId;
    const dropped = (reason: string): Stored => {
      engine._emit("drop", { messageId, reason });
      return { ...(messageId && { messageId }), status: "dropped", reason };
    };
    if (_phase !== "open" || !_device) {
      if (_phase === "pending" && stamped) {
        engine._facts.push({ text: toJson(stamped), at: stamped.at });
        engine._refold();
      }
      return dropped("consent");
    }
    if (stamped && attempt(() => isRepeated(stamped))) return dropped("duplicate_order");
    const { id: writer, seq } = nextWriter();
    const lose = (reason: string) => {
      engine._lost(reason, writer, seq);
      return dropped(reason);
    };
    const text = stamped && attempt(() => textFor(stamped, _device.id, { id: writer, seq }));
    if (!text) return lose("malformed");
    if (isOver(text, MAX_EVENT_BYTES)) return lose("too_large");
    const priority = PRECIOUS.test(stamped.event!) ? 2 : stamped.type === "page" ? 0 : 1;
    const row: Row = {
      messageId: messageId!,
      anonymousId: _device.id,
      text,
      priority,
      writer,
      seq,
      at: stamped.at,
    };
    if (_device.secret) row.device = _device.secret;
    const stored = engine._add(row);
    engine._taken(row);
    return stored;
  };

  const pass = (stamped: Stamped | undefined, resolve: Resolve, isLast?: boolean) => {
    if (engine._phase === "boot" || (!isLast && isCart(stamped?.event) && engine._isPersonalDue()))
      held.push([stamped, resolve]);
    else resolve(take(stamped));
  };

  return {
    _newId: () => newId(engine._now()),
    _capture: (draft) => {
      const stamped = attempt(() => {
        // What the page's other code taught all objects is not said here.
        const event = stamp({ __proto__: null, ...draft } as Draft);
        // What the page changes later in its own objects is not ours.
        return engine._phase === "open" ? event : (JSON.parse(toJson(event)) as Stamped);
      });
      return new Promise((resolve) => pass(stamped, resolve));
    },
    _release: (isLast) => {
      const waiting = held;
      held = [];
      for (const [stamped, resolve] of waiting) pass(stamped, resolve, isLast);
    },
  };
}

const isCart = (event: string | undefined) => /^Product (Added|Removed)$/.test(event ?? "");

const isRecord = (value: unknown): value is JsonObject => typeof value === "object" && value !== null;

const orderOf = (event: unknown, properties: JsonObject) =>
  event === "Order Completed" ? textOf(properties.order_id) : undefined;
