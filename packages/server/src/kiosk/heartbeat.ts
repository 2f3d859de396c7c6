import { isObject, type Json, type JsonObject } from "@vitrine/core";
import { HttpProblem } from "../http/problem.ts";

/** What a kiosk says of itself, as it was last heard. */
export interface Heartbeat {
  session: "idle" | "open" | "locked";
  /** State of the camera in one word, such as `live`, `absent`, `denied`; `none` where it was built without one. */
  camera: string;
  /** Events that wait in its outbox. */
  queue: number;
  version: string;
  /** Version of the ruleset it goes by. */
  rules: number | null;
  /** Frames a second that its page draws. */
  fps: number | null;
  /** Bytes left on its disk. */
  diskFree: number | null;
  /** Seconds since its shell started. */
  uptime: number | null;
}

const SESSIONS = ["idle", "open", "locked"] as const;
const MAX_WORD_CHARS = 40;
const MAX_DONE = 100;

/**
 * Reads a heartbeat and the ids of commands it reports as done.
 * @throws HttpProblem 400 `bad_request`
 */
export function readHeartbeat(body: Json): { heartbeat: Heartbeat; done: string[] } {
  if (!isObject(body)) throw bad("The body must be a JSON object.");
  const session = SESSIONS.find((one) => one === body.session);
  if (!session) throw bad(`"session" must be one of: ${SESSIONS.join(", ")}.`);
  const heartbeat: Heartbeat = {
    session,
    camera: readWord(body, "camera"),
    queue: readNumber(body, "queue") ?? 0,
    version: readWord(body, "version"),
    rules: readNumber(body, "rules"),
    fps: readNumber(body, "fps"),
    diskFree: readNumber(body, "diskFree"),
    uptime: readNumber(body, "uptime"),
  };
  return { heartbeat, done: readDone(body) };
}

function readWord(body: JsonObject, name: string): string {
  const value = body[name];
  if (typeof value === "string" && value !== "" && value.length <= MAX_WORD_CHARS) return value;
  throw bad(`"${name}" must be a text of 1 to ${MAX_WORD_CHARS} characters.`);
}

function readNumber(body: JsonObject, name: string): number | null {
  const value = body[name] ?? null;
  if (value === null) return null;
  if (typeof value === "number" && value >= 0 && value <= Number.MAX_SAFE_INTEGER) return value;
  throw bad(`"${name}" must be a number from 0.`);
}

function readDone({ done = [] }: JsonObject): string[] {
  const ids = Array.isArray(done) ? done.filter((id) => typeof id === "string") : undefined;
  if (ids && ids.length <= MAX_DONE) return ids;
  throw bad(`"done" must list at most ${MAX_DONE} ids of commands.`);
}

const bad = (detail: string): HttpProblem => new HttpProblem(400, "bad_request", detail);
