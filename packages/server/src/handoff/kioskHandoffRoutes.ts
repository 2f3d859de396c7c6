import type { JsonObject } from "@vitrine/core";
import { isObject } from "@vitrine/core";
import { HttpProblem } from "../http/problem.ts";
import type { Answer, RequestContext, Route } from "../http/route.ts";
import { callingKiosk } from "../kiosk/kioskParts.ts";
import { readFields } from "../routes/adminInput.ts";
import { HANDOFF_LIFE_MS } from "./handoffs.ts";
import { handoffsOf } from "./handoffsOf.ts";

const KIOSK = { auth: { scope: "kiosk" }, cors: "none" } as const;

const MAX_PARTS = 40;
/** A sealed thing has a tag at least. */
const MIN_PART_BYTES = 16;

/** What a kiosk does with a hand-off: announces it, sends its sealed parts, asks whether a phone has it, withdraws it. */
export const kioskHandoffRoutes: readonly Route[] = [
  { method: "POST", path: "/v1/kiosk/handoffs", ...KIOSK, handler: create },
  { method: "GET", path: "/v1/kiosk/handoffs/:id", ...KIOSK, handler: readState },
  { method: "PUT", path: "/v1/kiosk/handoffs/:id/parts/:n", ...KIOSK, handler: putPart },
  { method: "DELETE", path: "/v1/kiosk/handoffs/:id", ...KIOSK, handler: withdraw },
];

async function create(context: RequestContext): Promise<Answer> {
  const kiosk = callingKiosk(context);
  const { settings, clock } = context.services;
  const fields = await readFields(context);
  const parts = readParts(fields, settings.limits.maxHandoffBytes);
  const until = readUntil(fields, clock());
  const { id, token } = await handoffsOf(context.services).create(kiosk, parts, until);
  return { status: 201, body: { id, url: `${settings.publicUrl}/take/${token}`, until } };
}

function readState(context: RequestContext): Answer {
  const state = handoffsOf(context.services).stateFor(callingKiosk(context), context.params.id!);
  if (!state) throw unknownHandoff();
  return { status: 200, body: { state } };
}

async function putPart(context: RequestContext): Promise<Answer> {
  const { request, params, services } = context;
  const kiosk = callingKiosk(context);
  if (request.headers["content-type"] !== "application/octet-stream")
    throw new HttpProblem(415, "unknown_type", "Send a sealed part as application/octet-stream.");
  if (request.headers["content-encoding"] !== undefined)
    throw new HttpProblem(415, "unknown_encoding", "Send a sealed part as it is: it cannot be compressed.");
  const n = /^\d{1,3}$/.test(params.n!) ? Number(params.n) : -1;
  // The stream stays open on a refusal, so that its answer gets through.
  const body = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  try {
    await handoffsOf(services).writePart(kiosk, params.id!, n, body);
  } catch (error) {
    if (request.errored) throw new HttpProblem(400, "incomplete", "The part ended early.");
    throw error;
  }
  return { status: 204 };
}

function withdraw(context: RequestContext): Answer {
  if (!handoffsOf(context.services).withdraw(callingKiosk(context), context.params.id!))
    throw unknownHandoff();
  return { status: 204 };
}

function readParts({ parts }: JsonObject, maxBytes: number): number[] {
  const sizes = Array.isArray(parts) ? parts.map((part) => (isObject(part) ? part.bytes : undefined)) : [];
  if (sizes.length === 0 || sizes.length > MAX_PARTS || !sizes.every(isSize)) {
    const detail = `"parts" must list 1 to ${MAX_PARTS} parts as {bytes}, of ${MIN_PART_BYTES} bytes at least.`;
    throw new HttpProblem(400, "bad_request", detail);
  }
  if (sizes.reduce((a, b) => a + b, 0) > maxBytes)
    throw new HttpProblem(413, "too_large", `A hand-off may have ${maxBytes} bytes; leave out a look.`);
  return sizes;
}

const isSize = (size: unknown): size is number =>
  Number.isSafeInteger(size) && Number(size) >= MIN_PART_BYTES;

/** A kiosk may ask for less time than there is, never for more. */
function readUntil({ until }: JsonObject, now: number): number {
  const latest = now + HANDOFF_LIFE_MS;
  if (until === undefined || until === null) return latest;
  if (typeof until !== "number" || !Number.isSafeInteger(until) || until <= now)
    throw new HttpProblem(400, "bad_request", '"until" must be a time to come, in milliseconds since 1970.');
  return Math.min(until, latest);
}

const unknownHandoff = () =>
  new HttpProblem(404, "unknown_handoff", "There is no such hand-off of this kiosk, or it has ended.");
