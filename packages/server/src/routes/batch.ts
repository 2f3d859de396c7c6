import {
  parseBatch,
  parseSingle,
  WireError,
  type EventType,
  type Json,
  type ParsedBatch,
} from "@vitrine/core";
import { checkOrigin } from "../http/cors.ts";
import { HttpProblem, tryLater } from "../http/problem.ts";
import { createRateLimit } from "../http/rateLimit.ts";
import type { Answer, RequestContext, Route } from "../http/route.ts";
import { deviceIdOf } from "../identity/deviceId.ts";
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
  const admit = createGate(services);
  const post = (path: string, parse: Parse): Route => ({
    method: "POST",
    path: `/v1/${path}`,
    auth: "none",
    cors: "open",
    handler: (context) => takeEvents(context, parse, admit),
  });
  const singles = (Object.keys(SINGLE_PATHS) as EventType[]).flatMap((type) =>
    SINGLE_PATHS[type].map((path) => post(path, (body) => parseSingle(body, type))),
  );
  const batches = BATCH_PATHS.map((path) => post(path, (body) => parseBatch(body)));
  return [...batches, ...singles];
}

async function takeEvents(context: RequestContext, parse: Parse, admit: Gate): Promise<Answer> {
  const { request, services } = context;
  const leave = admit.enter();
  try {
    checkType(request.headers["content-type"]);
    const batch = readBatch(await context.json(), parse);
    const principal = identifySender(context, batch);
    const deviceId = batch.device === undefined ? undefined : deviceIdOf(batch.device);
    if (principal.kind === "site")
      admit.limit([principal.keyId, context.address], deviceId, batch.events.length);
    const submission = await prepare({
      batch,
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

function readBatch(body: Json, parse: Parse): ParsedBatch {
  try {
    return parse(body);
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

/** Sheds what is too much, before it costs anything. */
interface Gate {
  /** @returns the function to call when the request is answered. @throws HttpProblem 503 */
  enter(): () => void;
  /** @throws HttpProblem 429 */
  limit(caller: string[], deviceId: string | undefined, events: number): void;
}

/** Devices that may share an address: an office, a mobile network. */
const DEVICES_PER_ADDRESS = 20;

function createGate({ settings, clock, metrics }: Services): Gate {
  const { maxQueue, requestsPerSecond, eventsPerSecond } = settings.limits;
  const requests = createRateLimit(requestsPerSecond, clock);
  const events = createRateLimit(eventsPerSecond, clock);
  const addresses = createRateLimit(eventsPerSecond * DEVICES_PER_ADDRESS, clock);
  let inFlight = 0;
  metrics.gauge("vitrine_requests_in_flight", "Event requests being worked on", () => inFlight);
  return {
    enter() {
      if (inFlight >= maxQueue)
        throw tryLater(503, "overloaded", "Too many requests are waiting. Try again.", 1 + Math.random() * 4);
      inFlight++;
      return () => inFlight--;
    },
    limit(caller, deviceId, count) {
      const address = caller.join("\n");
      const device = `${address}\n${deviceId ?? ""}`;
      const seconds =
        requests.take(device, 1) || events.take(device, count) || addresses.take(address, count + 1);
      if (seconds > 0)
        throw tryLater(429, "rate", "Slow down; keep the events and send them later.", seconds);
    },
  };
}
