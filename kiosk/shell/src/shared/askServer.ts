import type { CallAnswer, CallMethod } from "@vitrine/kiosk/shell";

/** The `fetch` of Node or of an Electron session. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** A request to the server. */
export interface Ask {
  endpoint: string;
  method: CallMethod;
  path: string;
  /** JSON text, or bytes. */
  body?: string | Uint8Array | undefined;
  key?: string | undefined;
}

/** A part of a clip over a shop's slow network takes its time; a screen that waits says so. */
const TIMEOUT_MS = 30_000;
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/** What a server that could not be reached, or answered what no server of ours answers, comes to. */
const UNREACHED: CallAnswer = { status: 0, body: undefined };

/** Asks once, and never follows a redirect: the key goes to the enrolled server only. */
export async function askServer(
  fetch: Fetch,
  { endpoint, method, path, body, key }: Ask,
): Promise<CallAnswer> {
  const type = body instanceof Uint8Array ? "application/octet-stream" : "application/json";
  try {
    const response = await fetch(endpoint + path, {
      method,
      headers: {
        ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { "Content-Type": type }),
      },
      ...(body === undefined ? {} : { body: body as BodyInit }),
      redirect: "error",
      credentials: "omit",
      cache: "no-store",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const retryAfter = Number(response.headers.get("Retry-After") ?? 0);
    return {
      status: response.status,
      body: await readAnswer(response),
      ...(retryAfter > 0 && { retryAfter }),
    };
  } catch {
    return UNREACHED;
  }
}

/** JSON when it is JSON; of anything else (a captive portal's page) nothing. */
async function readAnswer(response: Response): Promise<unknown> {
  const type = response.headers.get("Content-Type") ?? "";
  if (!/^application\/(?:problem\+)?json\b/.test(type)) {
    await response.body?.cancel();
    return undefined;
  }
  const length = Number(response.headers.get("Content-Length") ?? 0);
  if (length > MAX_ANSWER_BYTES) throw new Error("The answer is too large.");
  return JSON.parse(await response.text()) as unknown;
}
