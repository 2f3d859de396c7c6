import { createServer, request as openRequest, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { gunzipSync } from "node:zlib";
import type { Peer } from "./peers/Peer.ts";

/**
 * What the server does. `down`: resets every connection. `refusing`: answers 500. `mute`: takes what comes and resets
 * the connection instead of answering.
 */
export type Mode = "up" | "down" | "refusing" | "mute";

/** What arrived and was taken: in `up` and in `mute`. */
export interface Received {
  /** For each number the ids under which it came, one for each time it came. */
  ids: Map<number, string[]>;
  requests: number;
  /** Of all bodies, as they travelled; also of those that were refused. */
  bytes: number;
  /** When a number last came for the first time, and when anything numbered last came; by `performance.now()`. */
  newAtMs: number;
  anyAtMs: number;
}

/** A server that takes events and counts them. */
export interface RecordingServer {
  origin: string;
  received: Received;
  setMode: (mode: Mode) => void;
  close: () => Promise<void>;
}

/**
 * Starts the server: the same for every library; only how a body reads and what success looks like is the library's.
 * @param collector what was taken is passed on to this origin, and its answer is the answer
 */
export async function startRecordingServer(peer: Peer, collector?: string): Promise<RecordingServer> {
  const received: Received = { ids: new Map(), requests: 0, bytes: 0, newAtMs: 0, anyAtMs: 0 };
  const sockets = new Set<Socket>();
  let mode: Mode = "up";

  const record = (path: string, body: string): void => {
    received.requests++;
    for (const { n, id } of peer.readEvents(path, body)) {
      if (n === undefined) continue;
      received.anyAtMs = performance.now();
      const before = received.ids.get(n);
      if (before) before.push(id);
      else {
        received.ids.set(n, [id]);
        received.newAtMs = received.anyAtMs;
      }
    }
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request);
    received.bytes += body.length;
    allowOrigin(request, response);
    if (request.method === "OPTIONS") return void response.writeHead(204).end();
    if (mode === "refusing") return sendJson(response, 500, { code: 500, error: "refused" });
    if (mode === "down") return void request.socket.resetAndDestroy();
    if (request.method === "POST") record(new URL(request.url!, "http://any").pathname, readText(body));
    // Passed on also when the answer is to be lost: the collector took it.
    if (collector) return passOn({ request, response, body, collector, isLost: () => mode === "mute" });
    if (mode === "mute") return void request.socket.resetAndDestroy();
    sendJson(response, 200, peer.success);
  };

  const http = createServer({ keepAliveTimeout: 600_000 }, (request, response) => {
    // A request that breaks off while it is read was not received.
    answer(request, response).catch(() => request.socket.destroy());
  });
  http.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    if (mode === "down") socket.resetAndDestroy();
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));

  return {
    origin: `http://localhost:${(http.address() as AddressInfo).port}`,
    received,
    setMode: (next) => {
      mode = next;
      if (mode === "down") for (const socket of sockets) socket.resetAndDestroy();
    },
    close: async () => {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Bodies may be compressed, and not every library says so in a header. */
function readText(body: Buffer): string {
  const isGzip = body[0] === 0x1f && body[1] === 0x8b;
  return (isGzip ? gunzipSync(body) : body).toString();
}

/** Lets pages of another origin in; some libraries send cookies, so the origin is named. */
function allowOrigin({ headers }: IncomingMessage, response: ServerResponse): void {
  response.setHeader("Access-Control-Allow-Origin", headers.origin ?? "*");
  response.setHeader("Access-Control-Allow-Credentials", "true");
  response.setHeader("Access-Control-Allow-Headers", headers["access-control-request-headers"] ?? "*");
  response.setHeader("Access-Control-Max-Age", "600");
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
}

interface Passing {
  request: IncomingMessage;
  response: ServerResponse;
  body: Buffer;
  collector: string;
  isLost: () => boolean;
}

function passOn({ request, response, body, collector, isLost }: Passing): void {
  const { method, headers, url } = request;
  const onward = openRequest(new URL(url!, collector), { method: method!, headers }, (answer) => {
    if (isLost()) request.socket.resetAndDestroy();
    else answer.pipe(response.writeHead(answer.statusCode!, answer.headers));
  });
  onward.on("error", () => request.socket.destroy());
  response.once("close", () => onward.destroy());
  onward.end(body);
}
