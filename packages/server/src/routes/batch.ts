import {
  parseBatch,
  parseSingle,
  WireError,
  type EventType,
  type Json,
  type ParsedBatch,
} from "@vitrine/core";
import { checkOrigin } from "../http/cors.ts";
import { parseJson } from "../http/body.ts";
import { bodyHints } from "../http/bodyHints.ts";
import { HttpProblem } from "../http/problem.ts";
import type { Answer, RequestContext, Route } from "../http/route.ts";
import { deviceIdOf } from "../identity/deviceId.ts";
import { createGate, type Gate } from "../ingest/gate.ts";
import { prepare } from "../ingest/prepare.ts";
import { hasScope, type Principal } from "../keys.ts";
import type { Services } from "../services.ts";
import { keyOf } from "../http/keyOf.ts";

/** The single-event paths of the Segment HTTP API, long and short. */
const SINGLE_PATHS: Record<EventType, string[]> = {
  track: ["track", "t"],
  page: ["page", "p"],
  identify: ["identify", "i"],
  screen: ["screen", "s"],
  group: ["group", "g"],
  alias: ["alias", "a"],
};

/** `b` is where analytics-next posts when it batches. */
const BATCH_PATHS = ["batch", "import", "b"];

type Parse = (body: Json) => ParsedBatch;

/** Event intake: `/v1/batch`, `/v1/import` and the single-event paths. */
export function batchRoutes(services: Services): Route[] {
  const gate = createGate(services);
  const post = (path: string, parse: Parse): Route => ({
    method: "POST",
    path: `/v1/${path}`,
    auth: "none",
    cors: "open",
    handler: (context) => takeEvents(context, parse, gate),
  });
  const singles = (Object.keys(SINGLE_PATHS) as EventType[]).flatMap((type) =>
    SINGLE_PATHS[type].map((path) => post(path, (body) => parseSingle(body, type))),
  );
  const batches = BATCH_PATHS.map((path) => post(path, (body) => parseBatch(body)));
  return [...batches, ...singles];
}

async function takeEvents(context: RequestContext, parse: Parse, gate: Gate): Promise<Answer> {
  const { request, services } = context;
  const leave = gate.enter(context.address);
  try {
    checkType(request.headers["content-type"]);
    const body = await context.body();
    const batch = readBatch(body, parse);
    const principal = identifySender(context, batch);
    const deviceId = batch.device === undefined ? undefined : deviceIdOf(batch.device);
    const { address } = context;
    if (principal.kind === "site") {
      gate.limit({ keyId: principal.keyId, address, deviceId, events: batch.events.length });
    }
    const submission = await prepare({
      batch,
      hints: bodyHints(body),
      principal,
      site: services.sites.get(principal.siteId),
      deviceId,
      receivedAt: services.clock(),
      checkProof: services.collector.checkProof,
      makeId: () => services.random(16).toString("base64url"),
    });
    const results = await services.collector.accept(submission);
    return { status: 200, body: { success: true, results } };
  } finally {
    leave();
  }
}

function checkType(type: string | undefined): void {
  if (type === undefined || /^(application\/json|text\/plain)\s*(;|$)/i.test(type)) return;
  throw new HttpProblem(415, "unknown_type", "Send application/json, or text/plain with JSON in it.");
}

function readBatch(body: Buffer, parse: Parse): ParsedBatch {
  try {
    // Depth is left to the wire parsers: `JSON.parse` itself takes any, and a look at each byte costs as much as half of it.
    return parse(parseJson(body));
  } catch (error) {
    if (error instanceof WireError)
      throw new HttpProblem(error.code === "too_large" ? 413 : 400, error.code, error.message);
    throw error;
  }
}

function identifySender({ request, services }: RequestContext, batch: ParsedBatch): Principal {
  const principal = services.keys.check(keyOf(request) ?? batch.writeKey ?? "");
  if (!principal) {
    throw new HttpProblem(
      401,
      "unknown_key",
      "Give the site key (vs_…) or a secret key (vk_…) as writeKey or in Authorization.",
    );
  }
  if (principal.kind === "site") checkOrigin(request, services.settings.origins);
  else if (!hasScope(principal, "write"))
    throw new HttpProblem(403, "scope", "This key lacks the scope write.");
  return principal;
}
