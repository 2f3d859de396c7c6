import type { BatchRequest, EventResult, JsonObject } from "@vitrine/core";
import type { Suite } from "./contract.ts";

/** An event under the contract's names. */
export interface MockEvent {
  uuid: unknown;
  event: unknown;
  distinct_id: unknown;
  timestamp: unknown;
  properties: JsonObject;
  options?: JsonObject;
}

/** A request as the mock server recorded it, under the contract's names. */
export interface MockRequest {
  /** When it came, ms. */
  at: number;
  path: string;
  headers: Headers;
  body: { [name: string]: unknown; batch: MockEvent[] };
  /** What it was answered. */
  status: number;
  /** The contract's word for each event, by position. */
  words: string[];
}

/** An answer that a case configures. */
export interface MockResponse {
  status_code?: number;
  headers?: Record<string, string>;
  body?: string;
  v1_event_results?: (string | { result: string })[];
}

/** The contract's server: it records, and answers what the case says, then 200. */
export interface MockServer {
  requests: MockRequest[];
  responses: MockResponse[];
  /** Requests that are not answered yet. */
  open: number;
  fetch: (url: string, init?: RequestInit) => Promise<Response>;
}

/** Status codes with which the newer protocol says when to come again. */
const RETRYABLE = [408, 500, 503, 504];

/** An event as it travels. */
type WireEvent = JsonObject & { messageId: string };
type WireBatch = Omit<BatchRequest, "batch"> & { batch: WireEvent[] };

/**
 * Creates the mock server. It speaks our wire and records in the contract's words: names are changed, and nothing
 * else. The contract names the person with each event; our SDK does so in a call of its own, whose `identify` event is
 * taken and not recorded.
 */
export function createMockServer(suite: Suite, now: () => number): MockServer {
  const answer = async (url: string, init?: RequestInit): Promise<Response> => {
    const request = new Request(url, init); // which adds the headers that a browser adds
    const body = (await request.json()) as WireBatch;
    const tracked = body.batch.filter(({ type }) => type !== "identify");
    if (!tracked[0]) return new Response(JSON.stringify({ results: body.batch.map(accepted) }));
    const {
      status_code: status = 200,
      headers = {},
      body: text,
      ...response
    } = server.responses.shift() ?? {};
    const words = tracked.map((_, at) => wordOf(response.v1_event_results?.[at]));
    server.requests.push({
      at: now(),
      path: new URL(url).pathname,
      headers: headersOf(request, body),
      body: translate(body, tracked),
      status,
      words,
    });
    const results = body.batch.flatMap((event) => {
      const at = tracked.indexOf(event);
      return at < 0 ? accepted(event) : judged(event, words[at]!);
    });
    const given = new Response(status === 200 ? JSON.stringify({ results }) : text, { status, headers });
    const saysWhen = suite === "capture_v1" && (RETRYABLE.includes(status) || words.includes("retry"));
    if (saysWhen && !given.headers.has("retry-after")) given.headers.set("retry-after", "1");
    return given;
  };
  const server: MockServer = {
    requests: [],
    responses: [],
    open: 0,
    fetch: (url, init) => {
      server.open++;
      return answer(url, init).finally(() => server.open--);
    },
  };
  return server;
}

const accepted = ({ messageId }: WireEvent): EventResult => ({ messageId, status: "accepted" });

const wordOf = (result: string | { result: string } = "ok") =>
  typeof result === "string" ? result : result.result;

/** What our collector says for the contract's word. It has none for "retry": what it does not name was not taken. */
function judged(event: WireEvent, word: string): EventResult[] {
  if (word === "ok") return [accepted(event)];
  if (word === "retry") return [];
  const isRefused = word === "drop" || word === "limited";
  const status = (isRefused ? "rejected" : word) as EventResult["status"];
  return [{ messageId: event.messageId, status, reason: word }];
}

/** The time of the attempt stands in our body; the newer protocol has it in a header. */
function headersOf({ headers }: Request, { sentAt }: WireBatch): Headers {
  const all = new Headers(headers);
  all.set("posthog-request-timestamp", sentAt);
  return all;
}

/** Our frame and events under the contract's names; `sentAt` is both of its words for when a body was made. */
function translate({ writeKey, sentAt }: WireBatch, events: WireEvent[]): MockRequest["body"] {
  const batch = events.map(({ messageId, event, userId, timestamp, properties }) => ({
    uuid: messageId,
    event,
    distinct_id: userId,
    timestamp,
    properties: properties as JsonObject,
  }));
  return { api_key: writeKey, sent_at: sentAt, created_at: sentAt, batch };
}
