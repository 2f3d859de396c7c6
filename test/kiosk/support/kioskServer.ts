import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { newEventKey, takeAll, type SentBody } from "./outboxes.ts";

/** A request as the server saw it. */
export interface Seen {
  method: string;
  path: string;
  authorization: string | undefined;
  type: string | undefined;
  body: Buffer;
}

/** A server that knows one enrolment code, and writes down what it is asked. */
export interface KioskServer {
  url: string;
  code: string;
  key: string;
  seen: Seen[];
  /** Commands that heartbeats bring until one says that they are done. */
  commands: { id: string; kind: string }[];
  /** Opens what is sealed to it. */
  eventKey: ReturnType<typeof newEventKey>;
  /** While it does not, it has no time. */
  takesEvents: boolean;
}

/** Starts it; ends with the test. It answers as the paths of a kiosk do, and any other as no server of ours would. */
export async function runKioskServer(t: { after: (end: () => void) => void }): Promise<KioskServer> {
  const seen: Seen[] = [];
  const state = {
    url: "",
    code: "ABCD-1234",
    key: "vk_secret-of-the-kiosk",
    seen,
    commands: [],
    eventKey: newEventKey(),
    takesEvents: true,
  };
  const server = createServer((request, response) => void answer(request, response, state));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return state;
}

async function answer(request: IncomingMessage, response: ServerResponse, state: KioskServer): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const path = request.url ?? "";
  const { authorization, "content-type": type } = request.headers;
  state.seen.push({ method: request.method ?? "", path, authorization, type, body });
  const json = (status: number, value: object, kind = "application/json") =>
    response.writeHead(status, { "Content-Type": kind }).end(JSON.stringify(value));

  if (path === "/v1/kiosk/enrol") {
    const { code } = JSON.parse(body.toString()) as { code: string };
    if (code !== state.code) return void json(401, { code: "unknown_code" }, "application/problem+json");
    const identity = { kioskId: "ks_1", name: "Mirror", store: "main-street", site: "vs_1" };
    return void json(201, {
      ...identity,
      rulesKey: "rk",
      eventKey: state.eventKey.publicPoint,
      key: state.key,
      shopUrl: state.url,
    });
  }
  if (path === "/v1/kiosk/heartbeat") {
    const { done } = JSON.parse(body.toString()) as { done: string[] };
    state.commands = state.commands.filter(({ id }) => !done.includes(id));
    return void json(200, { commands: state.commands });
  }
  if (path === "/v1/kiosk/events" && !state.takesEvents) return void json(503, { code: "overloaded" });
  if (path === "/v1/kiosk/events")
    return void json(200, takeAll(JSON.parse(body.toString()) as SentBody).body);
  if (path === "/v1/kiosk/pairings") return void json(201, { id: "pr_1" });
  if (path === "/v1/kiosk/leases/elsewhere")
    return void response.writeHead(302, { Location: "/v1/kiosk/leases/ls_1" }).end();
  if (path === "/v1/kiosk/leases/portal")
    return void response
      .writeHead(200, { "Content-Type": "text/html" })
      .end("<h1>Welcome to the guest network</h1>");
  if (path.startsWith("/v1/kiosk/")) return void json(200, { path, bytes: body.length });
  response.writeHead(404).end();
}
