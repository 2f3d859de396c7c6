import type { ProfileView } from "../../../packages/core/src/index.ts";

/** A server to talk to, with a key that may do everything. */
export interface Reached {
  url: string;
  secretKey: string;
}

/** What an endpoint answered; a test reads what its endpoint gives. */
export interface Told {
  status: number;
  body: {
    id: string;
    code: string;
    detail: string;
    url: string;
    expiresAt: number;
    state: string;
    until: number;
    left: number;
    scope: string[];
    extensionsLeft: number;
    profile?: ProfileView;
    unknown?: true;
    /** To the phone, the lease's id. */
    lease: string;
    kiosk: { id: string; name: string; store: string };
    commands: { id: string; kind: string }[];
  };
}

/** A kiosk as its shell talks to the server. */
export interface TestKiosk {
  id: string;
  key: string;
  /** The server's public key, to which events are sealed. */
  eventKey: string;
  call(method: "GET" | "POST", path: string, body?: unknown): Promise<Told>;
  /** Shows a new code: what stands in the QR's fragment, and the pairing's id. */
  show(): Promise<{ id: string; code: string }>;
  /** The lease that a pairing led to. */
  leaseOf(pairing: string): Promise<Told["body"] | undefined>;
}

export const HEARTBEAT = { session: "idle", camera: "live", queue: 0, version: "0.1.0", rules: 1, fps: 30 };

export async function ask(
  url: string,
  method: string,
  { body, key, headers = {} }: { body?: unknown; key?: string | undefined; headers?: Record<string, string> },
): Promise<Told> {
  const answer = await fetch(url, {
    method,
    headers: { ...headers, ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: (text === "" ? null : JSON.parse(text)) as Told["body"] };
}

/** Asks what the console asks. */
export const asAdmin = (
  running: Reached,
  method: string,
  path: string,
  body?: unknown,
): Promise<Told & { body: { items: unknown[] } }> =>
  ask(`${running.url}/v1/admin${path}`, method, { key: running.secretKey, body }) as never;

/** Makes a kiosk in the console and enrols it. */
export async function enrolKiosk(running: Reached, name: string = "Mirror 1"): Promise<TestKiosk> {
  const made = await asAdmin(running, "POST", "/kiosks", { name, store: "berlin" });
  const enrolled = await ask(`${running.url}/v1/kiosk/enrol`, "POST", { body: { code: made.body.code } });
  if (enrolled.status !== 201) throw new Error(`${enrolled.status} ${enrolled.body.detail}`);
  const { kioskId, key, eventKey } = enrolled.body as unknown as Record<
    "kioskId" | "key" | "eventKey",
    string
  >;
  const call: TestKiosk["call"] = (method, path, body) =>
    ask(`${running.url}/v1/kiosk${path}`, method, { key, body: method === "POST" ? (body ?? {}) : body });
  return {
    id: kioskId,
    key,
    eventKey,
    call,
    async show() {
      const { body } = await call("POST", "/pairings");
      return { id: body.id, code: new URL(body.url).hash.slice(1) };
    },
    leaseOf: async (pairing) =>
      ((await call("GET", `/pairings/${pairing}`)).body as unknown as { lease?: Told["body"] }).lease,
  };
}

/** What a phone's page asks: `pairings/confirm`, `leases/reopen` … */
export const asPhone = (running: Reached, path: string, body: unknown): Promise<Told> =>
  ask(`${running.url}/v1/${path}`, "POST", { body });
