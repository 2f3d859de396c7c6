import type { ServerResponse } from "node:http";
import { requestsOf } from "../requests/requestsOf.ts";
import type { Services } from "../services.ts";
import { readLiveEvents, toLive, type LiveEvent } from "./liveEvents.ts";

/** The console's open streams: new events, and word of new rules and of what the staff is asked for. */
export interface LiveStreams {
  open(response: ServerResponse, listener: Listener): void;
  close(): void;
}

/** Who listens. */
export interface Listener {
  siteId: string;
  /** Cursor of the last event it saw. */
  lastEventId: string | undefined;
  /** False once its session has ended; asked with each heartbeat. */
  isWelcome: () => boolean;
}

interface Stream extends Listener {
  response: ServerResponse;
  waiting: LiveEvent[];
  timer: NodeJS.Timeout | undefined;
}

const HEARTBEAT_MS = 15_000;
const RETRY_MS = 2_000;
/** Events go out together this often, and of more than so many only the newest: nobody reads faster. */
const FLUSH_MS = 100;
const MAX_AT_ONCE = 40;
/** Missed events that a returning console is told at most; it reads the list anyway. */
const MAX_RESUMED = 100;
/** A reader that lets more than this pile up is cut off; it comes back and resumes. */
const MAX_BUFFERED_BYTES = 1024 * 1024;

/** Creates the streams. They listen to the hub's events only while a console is open: every listener costs the collector. */
export function createLiveStreams(services: Services): LiveStreams {
  const { hub } = services;
  const streams = new Set<Stream>();
  let stopEvents: (() => void) | undefined;

  const listen = () => {
    let batch = 0;
    let index = 0;
    return hub.on("event", (message) => {
      index = message.batchId === batch ? index + 1 : 0;
      batch = message.batchId;
      const live = toLive(message, index);
      for (const stream of streams) if (stream.siteId === message.siteId) add(stream, live);
    });
  };
  const stopRules = hub.on("rules", ({ siteId, version }) => {
    for (const stream of streams)
      if (stream.siteId === siteId) write(stream, `event: rules\ndata: {"version":${version}}\n\n`);
  });
  const stopRequests = hub.on("requests", ({ siteId }) => {
    for (const stream of streams)
      if (stream.siteId === siteId) write(stream, requestsMessage(services, siteId));
  });
  const heartbeat = setInterval(() => {
    for (const stream of streams) {
      if (stream.isWelcome()) write(stream, ":\n\n");
      else stream.response.end();
    }
  }, HEARTBEAT_MS).unref();

  return {
    open(response, listener) {
      const stream: Stream = { ...listener, response, waiting: [], timer: undefined };
      streams.add(stream);
      stopEvents ??= listen();
      response.on("close", () => {
        clearTimeout(stream.timer);
        streams.delete(stream);
        if (streams.size > 0) return;
        stopEvents?.();
        stopEvents = undefined;
      });
      response.write(`retry: ${RETRY_MS}\n\n`);
      if (requestsOf(services).countOpen(listener.siteId) > 0)
        write(stream, requestsMessage(services, listener.siteId));
      for (const live of missedBy(services, listener)) write(stream, messageOf(live));
    },
    close() {
      clearInterval(heartbeat);
      stopRules();
      stopRequests();
      stopEvents?.();
      for (const { response } of streams) response.end();
    },
  };
}

/** What came since the last event that a returning console saw, oldest first. */
function missedBy(services: Services, { siteId, lastEventId }: Listener): LiveEvent[] {
  const last = Number(lastEventId);
  if (!Number.isSafeInteger(last) || last <= 0) return [];
  const newest = readLiveEvents(services, siteId, { limit: MAX_RESUMED });
  return newest.filter(({ cursor }) => Number(cursor) > last).toReversed();
}

/** How many requests wait for the staff; the list itself is read. */
const requestsMessage = (services: Services, siteId: string): string =>
  `event: requests\ndata: {"open":${requestsOf(services).countOpen(siteId)}}\n\n`;

function add(stream: Stream, live: LiveEvent): void {
  stream.waiting.push(live);
  if (stream.waiting.length > MAX_AT_ONCE) stream.waiting.shift();
  stream.timer ??= setTimeout(() => {
    stream.timer = undefined;
    write(stream, stream.waiting.splice(0).map(messageOf).join(""));
  }, FLUSH_MS);
}

const messageOf = (live: LiveEvent): string =>
  `id: ${live.cursor}\nevent: event\ndata: ${JSON.stringify(live)}\n\n`;

function write({ response }: Stream, text: string): void {
  if (response.writableEnded) return;
  response.write(text);
  if (response.writableLength > MAX_BUFFERED_BYTES) response.destroy();
}
