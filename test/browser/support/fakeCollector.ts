import {
  emptyFold,
  emptyReceived,
  fixTime,
  foldEvent,
  noteTime,
  receive,
  type BatchRequest,
  type EventContext,
  type EventResult,
  type Fold,
  type Geo,
  type JsonObject,
  type Received,
  type TimedEvent,
} from "@vitrine/core";

/** A request as the collector saw it. */
export interface SeenRequest {
  path: string;
  url: URL;
  init: RequestInit;
  /** The body, and parsed; {} where it is none. */
  text: string;
  body: JsonObject;
}

/** A collector in memory, true to the wire: dedupe by ranges, times fixed, snapshots with received ranges. */
export interface FakeCollector {
  fetch: (url: string, init?: RequestInit) => Promise<Response>;
  requests: SeenRequest[];
  /** Accepted events in order; each stands once. */
  accepted: TimedEvent[];
  finished: { id: string; last: number }[];
  received: Received;
  fold: Fold;
  /** Where the proxy in front of it says that requests come from. */
  geo: Geo | undefined;
  /** Published text of the ruleset endpoint. */
  rules: unknown;
  /** The secret that the device cookie holds. */
  cookie: string | undefined;
  /** Set to answer otherwise: a thrown error is a broken network; undefined goes on as usual. */
  intercept: ((request: SeenRequest) => Response | undefined | Promise<Response | undefined>) | undefined;
  /** Decides about single events. */
  judge: ((event: JsonObject) => Partial<EventResult> | undefined) | undefined;
  /** Open streams; `push` writes to all. */
  push: (state: { revision: number; rules: number }) => void;
  streams: number;
  revision: () => number;
}

const json = (body: unknown) => new Response(JSON.stringify(body));

/** Creates a collector; `now` gives the receiving time. */
export function createFakeCollector(now: () => number): FakeCollector {
  const writers = new Set<WritableStreamDefaultWriter<Uint8Array>>();
  let revision = 0;

  const accept = (event: JsonObject, { sentAt, clock }: BatchRequest): EventResult => {
    const messageId = event.messageId as string;
    const word = collector.judge?.(event);
    const context = event.context as EventContext;
    const timestamp = Date.parse(event.timestamp as string);
    const { received } = collector;
    const times = { timestamp, context, clock, receivedAt: now(), received };
    const fixed = fixTime({ ...times, sentAt: Date.parse(sentAt) });
    if (!fixed.ok) return { messageId, status: "rejected", reason: fixed.reason };
    if (word?.status !== "rejected" && !receive(collector.received, context.writer!, now())) {
      return { messageId, status: "duplicate" };
    }
    if (word?.status === "rejected") return { messageId, status: "rejected", ...word };
    const { ok: _, ...when } = fixed;
    const timed = { properties: {}, traits: {}, ...event, timestamp, ...when } as unknown as TimedEvent;
    noteTime(received, timed);
    collector.accepted.push(timed);
    foldEvent(collector.fold, timed);
    revision++;
    return { messageId, status: "accepted", ...when, ...word };
  };

  const batch = (request: BatchRequest) => {
    collector.finished.push(...(request.finished ?? []));
    return json({ results: request.batch.map((event) => accept(event, request)) });
  };

  const stream = (signal: AbortSignal | null | undefined) => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    writers.add(writer);
    signal?.addEventListener("abort", () => writers.delete(writer));
    writer.write(new TextEncoder().encode(": hello\n\n")).catch(() => {});
    return new Response(readable, { headers: { "content-type": "text/event-stream" } });
  };

  const answer = (path: string, { url, init, body }: SeenRequest): Response => {
    if (path === "batch") return batch(body as unknown as BatchRequest);
    if (path === "profile") {
      const asked = (url.searchParams.get("writers") ?? "").split(",").filter(Boolean);
      const received = Object.fromEntries(
        asked.map((id) => [id, collector.received.writers[id]?.ranges ?? []]),
      );
      const { anonymousId } = collector.accepted[0] ?? {};
      const { fold, geo } = collector;
      return json({ anonymousId, revision, fold, received, identities: [], time: now(), geo });
    }
    if (path === "rules")
      return collector.rules ? json(collector.rules) : new Response(null, { status: 204 });
    if (path === "stream") return stream(init.signal);
    if (path === "device") {
      if (typeof body.device === "string") collector.cookie = body.device || undefined;
      else if (collector.cookie) return json({ device: collector.cookie });
      return new Response(null, { status: 204 });
    }
    return new Response(null, { status: 404 });
  };

  const collector: FakeCollector = {
    requests: [],
    accepted: [],
    finished: [],
    received: emptyReceived(),
    fold: emptyFold(),
    geo: undefined,
    rules: undefined,
    cookie: undefined,
    intercept: undefined,
    judge: undefined,
    get streams() {
      return writers.size;
    },
    revision: () => revision,
    push: (state) => {
      for (const writer of writers) {
        void writer
          .write(new TextEncoder().encode(`event: state\ndata: ${JSON.stringify(state)}\n\n`))
          .catch(() => {});
      }
    },
    fetch: async (address, init = {}) => {
      const url = new URL(address);
      const path = url.pathname.split("/").pop()!;
      const text = typeof init.body === "string" ? init.body : "{}";
      const request: SeenRequest = { path, url, init, text, body: JSON.parse(text) as JsonObject };
      collector.requests.push(request);
      const other = await collector.intercept?.(request);
      if (init.signal?.aborted) throw new DOMException("aborted", "AbortError");
      return other ?? answer(path, request);
    },
  };
  return collector;
}
