import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { REQUESTS, type RequestName } from "../shared/channels.ts";
import type { Door } from "../shared/door.ts";
import { readPageFile, type Served } from "../shared/pageFiles.ts";
import type { Access } from "./createAccess.ts";
import type { CommandStream } from "./commandStream.ts";
import { readRequest } from "./readRequest.ts";

/** What the loopback serves. */
export interface LoopbackOptions {
  served: () => Served;
  access: Access;
  commands: CommandStream;
  /** Called late, since the door is made of what knows this server's address. */
  door: () => Door;
}

/** A running loopback server. */
export interface Loopback {
  origin: string;
  close(): Promise<void>;
}

const SHELL_PATH = "/shell/";

/** Serves the page and the shell's interface to the one browser that we started, on an address of this machine only. */
export async function serveLoopback(options: LoopbackOptions): Promise<Loopback> {
  let origin = "";
  const server = createServer((request, response) => {
    answer(request, response, origin, options).catch((error: unknown) => {
      if (!response.headersSent) writeJson(response, 400, { error: (error as Error).message });
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => void server.close(done));
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  origin: string,
  { served, access, commands, door }: LoopbackOptions,
): Promise<void> {
  const { host, cookie, origin: from } = request.headers;
  // A foreign page can name a host of its own that leads here (DNS rebinding); it cannot name ours.
  if (`http://${host}` !== origin) return refuse(response);
  const { pathname } = new URL(request.url ?? "/", origin);
  const admitted = request.method === "GET" ? access.redeem(pathname) : undefined;
  if (admitted) {
    response.writeHead(303, { Location: admitted.target, "Set-Cookie": admitted.cookie }).end();
    return;
  }
  if (!access.isAdmitted(cookie)) return refuse(response);
  if (request.method === "GET") {
    if (pathname === `${SHELL_PATH}commands`) return commands.open(response);
    const { status, headers, body } = await readPageFile(served(), pathname);
    response.writeHead(status, headers).end(body);
    return;
  }
  const name = REQUESTS.find((known) => pathname === SHELL_PATH + known);
  if (request.method !== "POST" || !name || from !== origin) return refuse(response);
  await ask(request, response, name, door());
}

async function ask(
  request: IncomingMessage,
  response: ServerResponse,
  name: RequestName,
  door: Door,
): Promise<void> {
  const result = await door(name, await readRequest(request, name));
  writeJson(response, 200, { result });
}

function refuse(response: ServerResponse): void {
  writeJson(response, 403, { error: "This browser is not the mirror's." });
}

function writeJson(response: ServerResponse, status: number, body: object): void {
  response
    .writeHead(status, { "Content-Type": "application/json", "Cache-Control": "no-store" })
    .end(JSON.stringify(body));
}
