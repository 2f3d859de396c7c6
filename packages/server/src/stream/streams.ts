import type { ServerResponse } from "node:http";
import { revisionOf } from "../identity/person.ts";
import { rulesetsOf } from "../rules/rulesetsOf.ts";
import type { Services } from "../services.ts";

/** The open Server-Sent Event streams of devices. What is pushed is only "there is something newer". */
export interface Streams {
  readonly size: number;
  open(response: ServerResponse, subscription: Subscription): void;
  close(): void;
}

/** Who listens, and what it knows already. */
export interface Subscription {
  siteId: string;
  /** `anonymous:` and the id; undefined: rules only. */
  identity: string | undefined;
  lastEventId: string | undefined;
}

interface Stream extends Subscription {
  response: ServerResponse;
  /** Identities of the person, as of the last change of edges. */
  members: string[];
  revision: number;
  rules: number;
  /** `revision.rules`, as last sent. */
  sent: string | undefined;
  timer: NodeJS.Timeout | undefined;
  sentAtMs: number;
}

const HEARTBEAT_MS = 15_000;
/** Changes within this time of the last message are sent as one. */
const MIN_GAP_MS = 100;
/** A reader that lets more than this pile up is cut off; it comes back and resumes. */
const MAX_BUFFERED_BYTES = 256 * 1024;
/** Clients wait this long before they come back, each its own time, so that a restart is no stampede. */
const RETRY_MS = { min: 1_000, max: 5_000 };

/** Creates the streams of a server, listening to its hub. */
export function createStreams(services: Services): Streams {
  const { hub, collector, random } = services;
  const streams = new Set<Stream>();
  const byIdentity = new Map<string, Set<Stream>>();

  const follow = (stream: Stream) => {
    if (stream.identity === undefined) return;
    for (const member of stream.members) byIdentity.get(keyOf(stream.siteId, member))?.delete(stream);
    stream.members = collector.graph.members(stream.siteId, stream.identity);
    for (const member of stream.members) add(byIdentity, keyOf(stream.siteId, member), stream);
    stream.revision = revisionOf(collector, stream.siteId, stream.members);
  };

  const remove = (stream: Stream) => {
    if (!streams.delete(stream)) return;
    clearTimeout(stream.timer);
    for (const member of stream.members) {
      const key = keyOf(stream.siteId, member);
      const set = byIdentity.get(key);
      set?.delete(stream);
      if (set?.size === 0) byIdentity.delete(key);
    }
  };

  const unsubscribe = [
    hub.on("profile", ({ siteId, identity, revision, joined }) => {
      for (const stream of Array.from(byIdentity.get(keyOf(siteId, identity)) ?? [])) {
        if (joined) follow(stream);
        else stream.revision = Math.max(stream.revision, revision);
        send(stream);
      }
    }),
    hub.on("rules", ({ siteId, version }) => {
      for (const stream of streams) {
        if (stream.siteId !== siteId) continue;
        stream.rules = version;
        send(stream);
      }
    }),
  ];
  const heartbeat = setInterval(() => {
    for (const stream of streams) write(stream, ":\n\n");
  }, HEARTBEAT_MS).unref();

  return {
    get size() {
      return streams.size;
    },
    open(response, subscription) {
      const rules = rulesetsOf(services).current(subscription.siteId)?.version ?? 0;
      const { lastEventId } = subscription;
      const start = { members: [], revision: 0, rules, sent: lastEventId, timer: undefined, sentAtMs: 0 };
      const stream: Stream = { ...subscription, response, ...start };
      streams.add(stream);
      follow(stream);
      response.on("close", () => remove(stream));
      response.socket?.setNoDelay(true);
      const spread = random(2).readUInt16LE() / 0xffff;
      response.write(`retry: ${Math.round(RETRY_MS.min + spread * (RETRY_MS.max - RETRY_MS.min))}\n\n`);
      send(stream);
    },
    close() {
      clearInterval(heartbeat);
      for (const off of unsubscribe) off();
      for (const stream of streams) stream.response.end();
    },
  };
}

/** Sends the state at once, or soon when something was just sent. */
function send(stream: Stream): void {
  if (stream.timer) return;
  const waitMs = stream.sentAtMs + MIN_GAP_MS - performance.now();
  if (stream.sentAtMs > 0 && waitMs > 0) {
    stream.timer = setTimeout(() => {
      stream.timer = undefined;
      sendNow(stream);
    }, waitMs);
  } else sendNow(stream);
}

function sendNow(stream: Stream): void {
  const { revision, rules, response } = stream;
  const id = `${revision}.${rules}`;
  if (id === stream.sent || response.writableEnded) return;
  stream.sent = id;
  stream.sentAtMs = performance.now();
  write(stream, `id: ${id}\nevent: state\ndata: ${JSON.stringify({ revision, rules })}\n\n`);
}

function write({ response }: Stream, text: string): void {
  response.write(text);
  if (response.writableLength > MAX_BUFFERED_BYTES) response.destroy();
}

function add(sets: Map<string, Set<Stream>>, key: string, stream: Stream): void {
  const set = sets.get(key);
  if (set) set.add(stream);
  else sets.set(key, new Set([stream]));
}

const keyOf = (siteId: string, identity: string): string => `${siteId}\n${identity}`;
