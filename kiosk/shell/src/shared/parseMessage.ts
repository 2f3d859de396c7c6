import { parseTryOnNote, TRY_ON_NAMES, type TryOnNote } from "@vitrine/core";
import type { CallMethod, Health } from "@vitrine/kiosk/shell";
import { isAllowedCall } from "./isAllowedCall.ts";
import type { RequestName } from "./channels.ts";

/** What a page asked, parsed: only what is named here goes on. */
export type Message =
  | { name: "identity" }
  | { name: "enrol"; code: string; endpoint: string }
  | { name: "call"; method: CallMethod; path: string; body: string | Uint8Array | undefined }
  | { name: "beat"; health: Health }
  | { name: "track"; note: TryOnNote }
  | { name: "wipe" };

/** A message that is not what its channel takes; its text is for the developer of the page. */
export class MessageError extends Error {
  override readonly name = "MessageError";
}

/** Of a body that travels as JSON. What a page sends so is a request of a few fields. */
export const MAX_JSON_BYTES = 256 * 1024;
/** Of a body of bytes: an eight second clip has about two megabytes. */
export const MAX_BYTES = 32 * 1024 * 1024;

/**
 * Reads what came in on a channel.
 * @param payload anything: structured clone in Electron, JSON in Chromium.
 * @throws MessageError
 */
export function parseMessage(name: RequestName, payload: unknown): Message {
  return READERS[name](payload);
}

const READERS: Record<RequestName, (payload: unknown) => Message> = {
  identity: (payload) => readNothing(payload, { name: "identity" }),
  wipe: (payload) => readNothing(payload, { name: "wipe" }),
  enrol: (payload) => {
    const { code, endpoint } = readFields(payload, "code", "endpoint");
    return { name: "enrol", code: readCode(code), endpoint: readEndpoint(endpoint) };
  },
  call: (payload) => {
    const { method, path, body } = readFields(payload, "method", "path", "body");
    if (typeof method !== "string" || typeof path !== "string" || !isAllowedCall(method, path))
      throw new MessageError("This is no call of a kiosk's; see the list of allowed calls.");
    return { name: "call", method: method as CallMethod, path, body: readBody(body) };
  },
  beat: (payload) => ({ name: "beat", health: readHealth(payload) }),
  track: (payload) => {
    const note = parseTryOnNote(readFields(payload, "event", "session", "attribution"));
    if (!note)
      throw new MessageError(`A try-on event has a session and is one of: ${TRY_ON_NAMES.join(", ")}.`);
    return { name: "track", note };
  },
};

/** Electron's page sends undefined, Chromium's null. */
function readNothing(payload: unknown, message: Message): Message {
  if (payload !== undefined && payload !== null) throw new MessageError("Nothing is expected here.");
  return message;
}

/** Own fields only: `__proto__` and what hangs on it is nothing here. */
function readFields<Name extends string>(payload: unknown, ...names: Name[]): Record<Name, unknown> {
  if (typeof payload !== "object" || payload === null)
    throw new MessageError("An object with named fields is expected.");
  const read = (name: Name) =>
    Object.hasOwn(payload, name) ? (payload as Record<string, unknown>)[name] : undefined;
  return Object.fromEntries(names.map((name) => [name, read(name)])) as Record<Name, unknown>;
}

/**
 * A code as the console shows it; people type it with blanks and in either case.
 * @throws MessageError with a sentence for the person who installs.
 */
export function readCode(value: unknown): string {
  const code = typeof value === "string" ? value.replaceAll(/\s/g, "") : "";
  if (!/^[\w-]{4,64}$/.test(code)) throw new MessageError("Type the code as the console shows it.");
  return code;
}

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * The origin of a server's address: HTTPS, or HTTP on this machine.
 * @throws MessageError with a sentence for the person who installs.
 */
export function readEndpoint(value: unknown): string {
  const url = typeof value === "string" && value.length <= 512 ? parseUrl(value.trim()) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password)
    throw new MessageError("Type the server's address as the console shows it: https://…");
  if (url.protocol === "http:" && !LOOPBACK.has(url.hostname))
    throw new MessageError(
      "The server's address must begin with https://; a kiosk's key never travels open.",
    );
  return url.origin;
}

function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

function readBody(body: unknown): string | Uint8Array | undefined {
  if (body === undefined) return undefined;
  if (body instanceof Uint8Array) {
    if (body.byteLength > MAX_BYTES) throw new MessageError(`A body may have ${MAX_BYTES} bytes.`);
    return body;
  }
  const text = writeJson(body);
  if (text === undefined) throw new MessageError("A body is bytes or a JSON value.");
  if (Buffer.byteLength(text) > MAX_JSON_BYTES)
    throw new MessageError(`A JSON body may have ${MAX_JSON_BYTES} bytes.`);
  return text;
}

/** Undefined for what JSON cannot say: cycles, big integers, functions. */
function writeJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

const SESSIONS: readonly unknown[] = ["idle", "open", "locked"] satisfies Health["session"][];

function readHealth(payload: unknown): Health {
  const names = ["session", "camera", "version", "rules", "fps"] as const;
  const { session, camera, version, rules, fps } = readFields(payload, ...names);
  const isHealth =
    SESSIONS.includes(session) &&
    isWord(camera) &&
    isWord(version) &&
    (rules === undefined || rules === null || isCount(rules)) &&
    typeof fps === "number" &&
    fps >= 0 &&
    fps <= 1000;
  if (!isHealth) throw new MessageError("A beat tells session, camera, version, rules and fps.");
  return {
    session: session as Health["session"],
    camera,
    version,
    rules: (rules as number | null) ?? undefined,
    fps,
  };
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const isWord = (value: unknown): value is string =>
  typeof value === "string" && /^[\w.+-]{1,64}$/.test(value);
