import {
  cartLines,
  DEFAULT_CART,
  lineKey,
  numberOf,
  productOf,
  textOf,
  type EventType,
  type JsonObject,
  type TimedEvent,
} from "@vitrine/core";
import type { Config } from "./config.ts";
import { grantedPurposes } from "./consent.ts";
import type { Emit } from "./emitter.ts";
import { orderMessageId, toBase64Url, uuidV7 } from "./ids.ts";
import type { LocalProfile } from "./localProfile.ts";
import type { Outbox, Stored } from "./outbox/outbox.ts";
import type { Row } from "./outbox/row.ts";
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
  event?: string | undefined;
  properties?: unknown;
  traits?: unknown;
  userId?: string;
  context?: JsonObject;
  /** ms since 1970, when it happened earlier than now. */
  at?: number;
}

/** Stamps events. */
export interface Capture {
  /** Stamps now; never throws and never rejects, whatever it is given. */
  _capture: (draft: Draft) => Promise<Stored>;
  /** Goes on with the calls that waited for consent and device. */
  _release: () => void;
}

/** What capture works on. */
export interface CaptureOptions {
  _config: Config;
  _platform: Platform;
  _state: State;
  _outbox: Outbox;
  _profile: LocalProfile;
  _emit: Emit;
  /** An event was taken; `precious` ones should leave at once. */
  _onTaken: (row: Row) => void;
  /** An event with a `seq` was lost: to be reported. */
  _onLost: (reason: string, writer: string, seq: number) => void;
}

/** Creates the stamping: message id, writer `seq`, context and consent, all in the caller's own turn. */
export function createCapture(options: CaptureOptions): Capture {
  const { _config, _platform, _state, _outbox, _profile, _emit } = options;
  const held: [TimedEvent | undefined, (stored: Stored | Promise<Stored>) => void][] = [];
  const orders = new Set<string>();
  let lastMs = 0;

  const stamp = ({ at, context, event, ...draft }: Draft): TimedEvent | undefined => {
    // Never back: within a page the order of events is the order of calls, whatever the wall clock does.
    lastMs = Math.max(lastMs, _platform._now());
    const properties = isRecord(draft.properties) ? draft.properties : {};
    try {
      const orderId = event === "Order Completed" && textOf(properties.order_id);
      const { href, pathname, search } = location;
      const text = JSON.stringify({
        ...draft,
        event: event === undefined ? event : String(event),
        messageId: orderId ? orderMessageId(_config.site, orderId) : uuidV7(lastMs, _platform._random(7)),
        timestamp: new Date(at ?? lastMs).toISOString(),
        properties,
        traits: isRecord(draft.traits) ? draft.traits : {},
        context: {
          channel: _config.channel,
          store: _config.store,
          source: "call",
          ...context,
          page: { path: pathname, url: href, search, title: document.title, referrer: document.referrer },
          clock: { at: Math.round(_platform._clock()), origin: Math.round(_platform._clockOrigin) },
        },
      });
      // Parsed back: what the page changes later in its own objects is not ours, and getters have run.
      return { ...(JSON.parse(text) as TimedEvent), time: at ?? lastMs };
    } catch {
      return undefined; // cyclic, BigInt, a getter or toJSON that throws
    }
  };

  const nextSeq = () => {
    if (!_state._writer) {
      const id = toBase64Url(_platform._random(16));
      _state._writer = { id, seq: 0, _release: holdLock(_platform._locks, `vitrine.writer.${id}`) };
    }
    _state._writer.seq++;
    return _state._writer;
  };

  const dropped = (reason: string, messageId?: string): Stored => {
    _emit("drop", { reason, messageId });
    return messageId ? { status: "dropped", reason, messageId } : { status: "dropped", reason };
  };

  const take = (stamped: TimedEvent | undefined): Stored | Promise<Stored> => {
    const { _phase, _device, _user, _consent } = _state;
    if (_phase === "pending" && stamped) _profile._add(stamped);
    if (_phase !== "open" || !_device) return dropped("consent");
    if (stamped && isRepeatedOrder(stamped)) return dropped("duplicate_order", stamped.messageId);
    const { id, seq } = nextSeq();
    const lose = (reason: string) => {
      options._onLost(reason, id, seq);
      return dropped(reason, stamped?.messageId);
    };
    if (!stamped) return lose("malformed");
    const { time, ...event } = stamped;
    if (/^Product (Added|Removed)$/.test(event.event!))
      countCart(event.properties, event.event === "Product Added");
    const { messageId, context } = event;
    context.writer = { id, seq };
    context.consent = grantedPurposes(_consent);
    event.anonymousId = _device.id;
    if (_user) event.userId ??= _user.id;
    const text = JSON.stringify(event);
    const bytes = new TextEncoder().encode(text).length;
    if (bytes > MAX_EVENT_BYTES) return lose("too_large");
    const priority = PRECIOUS.test(event.event!) ? 2 : event.type === "page" ? 0 : 1;
    const row: Row = {
      ...(_device.secret ? { device: _device.secret } : {}),
      ...{ messageId, anonymousId: _device.id, text, bytes, priority, writer: id, seq, at: time },
    };
    _profile._add({ ...event, time });
    const stored = _outbox._add(row);
    options._onTaken(row);
    return stored;
  };

  /** An order id that this device knows already: folded, waiting, or sent from this page. */
  const isRepeatedOrder = ({ event, messageId, properties }: TimedEvent) => {
    const id = event === "Order Completed" && textOf(properties.order_id);
    if (!id) return false;
    const { orders: folded = {} } = _profile._fold();
    const isKnown =
      orders.has(id) ||
      _outbox._rows.has(messageId) ||
      _outbox._tail.has(messageId) ||
      !!(Object.hasOwn(folded, id) && folded[id]!.first);
    orders.add(id);
    return isKnown;
  };

  /** Says the resulting quantity: a fold knows no differences. */
  const countCart = (properties: JsonObject, isAdded: boolean) => {
    const product = productOf(properties);
    if (!product || properties.cart_quantity !== undefined) return;
    const key = lineKey(product);
    const cart = textOf(properties.cart_id) ?? DEFAULT_CART;
    const line = cartLines(_profile._fold()).find(({ v }) => v.cart === cart && lineKey(v.product) === key);
    const before = line?.v.quantity ?? 0;
    const change = numberOf(properties.quantity);
    properties.cart_quantity = Math.max(0, isAdded ? before + (change ?? 1) : before - (change ?? before));
    // A device that came back has a history that is not here yet.
    if (_state._device!.restored && !_profile._snapshot) properties.approximate = true;
  };

  return {
    _capture: (draft) => {
      const event = stamp(draft);
      if (_state._phase === "boot") return new Promise((resolve) => held.push([event, resolve]));
      return Promise.resolve(take(event));
    },
    _release: () => {
      for (const [event, resolve] of held.splice(0)) resolve(take(event));
    },
  };
}

const isRecord = (value: unknown): value is JsonObject => typeof value === "object" && value !== null;
