import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Scope } from "./FaultRow.ts";

/**
 * What the proxy does with a request. Committed by the collector and then not told: `dropAnswer`, `truncated`,
 * `wrongCors`. Never forwarded: all the others but `pass`.
 */
export type Fault =
  | "pass"
  | "dropAnswer"
  | "truncated"
  | "wrongCors"
  | "reset"
  | "blackHole"
  | "garbage"
  | "portal"
  | "empty"
  | "redirect"
  | { status: number; headers?: Record<string, string> }
  | { delayMs: number };

/** A request as the proxy saw it. */
export interface Seen {
  /** When it had come whole, by the monotonic clock, ms. */
  atMs: number;
  /** When its answer was out, or its connection gone. */
  endedMs: number;
  method: string;
  path: string;
  body: string;
  fault: Fault;
}

/** A network between page and collector that fails on request. */
export interface FaultProxy {
  url: string;
  /** Decides about each request, scripts and streams included. */
  decide: (request: Pick<Seen, "method" | "path" | "body">) => Fault;
  /** Batches that came, oldest first. */
  batches: Seen[];
  /** Most batches that were under way at once. */
  mostInFlight: number;
  /** Given in the collector's place, by path: a patched script, say. */
  files: Map<string, string>;
}

const ANYONE = { "Access-Control-Allow-Origin": "*" };
const PORTAL_PATH = "/portal";
const PORTAL = "<!doctype html><title>Welcome</title><p>Accept the terms to go online.";

/** Starts a proxy in front of `target`; it ends with the scope. */
export async function startProxy(scope: Scope, target: string): Promise<FaultProxy> {
  let inFlight = 0;
  const server = createServer((asked, answer) => void handle(asked, answer));
  const handle = async (asked: IncomingMessage, answer: ServerResponse) => {
    const { method = "", url: path = "" } = asked;
    const body = await asked
      .setEncoding("utf8")
      .reduce((text, chunk) => text + String(chunk), "")
      .catch(() => "");
    const isBatch = method === "POST" && path.endsWith("/batch");
    const fault = path === PORTAL_PATH ? "portal" : proxy.decide({ method, path, body });
    const file = proxy.files.get(path);
    if (isBatch) {
      const seen: Seen = { atMs: performance.now(), endedMs: Infinity, method, path, body, fault };
      proxy.batches.push(seen);
      proxy.mostInFlight = Math.max(proxy.mostInFlight, ++inFlight);
      answer.once("close", () => {
        inFlight--;
        seen.endedMs = performance.now();
      });
    }
    if (file && fault === "pass")
      answer.writeHead(200, { ...ANYONE, "Content-Type": "text/javascript" }).end(file);
    else give(fault, { asked, answer, body, target });
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  scope.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const proxy: FaultProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    decide: () => "pass",
    batches: [],
    mostInFlight: 0,
    files: new Map(),
  };
  return proxy;
}

interface Exchange {
  asked: IncomingMessage;
  answer: ServerResponse;
  body: string;
  target: string;
}

function give(fault: Fault, exchange: Exchange): void {
  const { answer } = exchange;
  const socket = answer.socket!;
  if (typeof fault === "object" && "status" in fault)
    answer
      .writeHead(fault.status, { ...ANYONE, ...fault.headers, "Access-Control-Expose-Headers": "*" })
      .end("{}");
  else if (typeof fault === "object") setTimeout(() => forward("pass", exchange), fault.delayMs);
  else if (fault === "reset") socket.resetAndDestroy();
  else if (fault === "garbage") socket.end("\u0000\u0007 not HTTP at all\r\n\r\n");
  else if (fault === "portal") answer.writeHead(200, { ...ANYONE, "Content-Type": "text/html" }).end(PORTAL);
  else if (fault === "empty") answer.writeHead(204, ANYONE).end();
  else if (fault === "redirect") answer.writeHead(302, { ...ANYONE, Location: PORTAL_PATH }).end();
  else if (fault !== "blackHole") forward(fault, exchange);
}

function forward(fault: Fault, { asked, answer, body, target }: Exchange): void {
  const { method, url, headers } = asked;
  const onward = request(target + url, { method, headers });
  onward.on("error", () => answer.destroy());
  onward.on("response", (got) => {
    const told = got.headers;
    if (fault === "pass") {
      answer.on("close", () => got.destroy());
      got.pipe(answer.writeHead(got.statusCode!, told));
      return;
    }
    // Answered means committed: the collector flushes before it speaks.
    got.setEncoding("utf8");
    let text = "";
    got.on("data", (chunk: string) => (text += chunk));
    got.on("end", () => {
      if (fault === "dropAnswer") return answer.socket?.resetAndDestroy();
      if (fault === "wrongCors") {
        const elsewhere = { ...told, "access-control-allow-origin": "https://elsewhere.example" };
        return answer.writeHead(200, elsewhere).end(text);
      }
      answer.writeHead(200, { ...told, "content-length": Buffer.byteLength(text) });
      return answer.write(text.slice(0, text.length / 2), () => answer.socket?.resetAndDestroy());
    });
  });
  onward.end(body);
}
