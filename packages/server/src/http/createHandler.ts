import type { IncomingMessage, ServerResponse } from "node:http";
import { hasScope, type Principal } from "../keys.ts";
import type { Module } from "../module.ts";
import type { Services } from "../services.ts";
import { parseJson, readBody } from "./body.ts";
import { clientAddress } from "./clientAddress.ts";
import { corsHeaders, preflightHeaders } from "./cors.ts";
import { bearerOf } from "./keyOf.ts";
import { HttpProblem, problemAnswer } from "./problem.ts";
import type { Answer, RequestContext, Route } from "./route.ts";
import { createRouter } from "./router.ts";

/** Builds the one request handler of a server from the routes of its modules. */
export function createHandler(
  services: Services,
  modules: readonly Module[],
): (request: IncomingMessage, response: ServerResponse) => void {
  const { settings, log } = services;
  const router = createRouter(
    modules.flatMap((module) => module.routes?.(services) ?? []),
    settings.prefix,
  );

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<string> => {
    const url = parseUrl(request.url);
    const match = url ? router.match(request.method ?? "GET", url.pathname) : ({ kind: "none" } as const);
    if (match.kind === "none") {
      send(
        request,
        response,
        problemAnswer(new HttpProblem(404, "not_found", "There is nothing at this path.")),
        {},
      );
      return "-";
    }
    if (match.kind === "wrong_method") {
      const allow = match.allow.join(", ");
      if (request.method === "OPTIONS")
        send(request, response, { status: 204 }, preflightHeaders(request, settings.origins));
      else
        send(
          request,
          response,
          problemAnswer(new HttpProblem(405, "wrong_method", `Use ${allow}.`, { Allow: allow })),
          {},
        );
      return "-";
    }
    const { route, params } = match;
    const cors = route.cors === "open" ? corsHeaders(request, settings.origins) : {};
    const context = createContext({ request, url: url!, params, services });
    send(request, response, await answerOf(route, context, modules), cors);
    return route.path;
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const startedMs = performance.now();
    response.on("error", ignore); // the client went away; nothing to tell it
    try {
      const path = await respond(request, response);
      services.metrics.requests(path, response.statusCode, performance.now() - startedMs);
      log.debug({ method: request.method, path, status: response.statusCode }, "answered");
    } catch (error) {
      log.error({ err: nameOf(error) }, "a request failed");
      response.destroy();
    }
  };
  return (request, response) => void handle(request, response);
}

async function answerOf(route: Route, context: RequestContext, modules: readonly Module[]): Promise<Answer> {
  try {
    context.principal = route.auth === "none" ? null : authorise(route.auth.scope, context, modules);
    return await route.handler(context);
  } catch (error) {
    if (error instanceof HttpProblem) return problemAnswer(error);
    // Names and places only: messages may quote what somebody sent.
    context.services.log.error(
      { path: route.path, err: nameOf(error), at: placeOf(error) },
      "a handler failed",
    );
    return problemAnswer(
      new HttpProblem(500, "internal", "This is a fault of the server; its log says more."),
    );
  }
}

function authorise(
  scope: Parameters<typeof hasScope>[1],
  context: RequestContext,
  modules: readonly Module[],
): Principal {
  const principal = principalOf(context, modules);
  if (!principal || principal.kind === "site") {
    const detail = "Send a secret key as Authorization: Bearer vk_…, or log in to the console.";
    throw new HttpProblem(401, "unknown_key", detail, { "WWW-Authenticate": "Bearer" });
  }
  if (!hasScope(principal, scope)) throw new HttpProblem(403, "scope", `This key lacks the scope ${scope}.`);
  return principal;
}

function principalOf(context: RequestContext, modules: readonly Module[]): Principal | undefined {
  const bearer = bearerOf(context.request);
  if (bearer !== undefined) return context.services.keys.check(bearer);
  for (const module of modules) {
    const principal = module.authenticate?.(context);
    if (principal) return principal;
  }
  return undefined;
}

function createContext(
  from: Pick<RequestContext, "request" | "url" | "params" | "services">,
): RequestContext {
  const { request, services } = from;
  const { limits, trustProxy } = services.settings;
  const body = () => readBody(request, limits.maxBodyBytes);
  return {
    ...from,
    principal: null,
    address: clientAddress(request, trustProxy),
    body,
    json: async () => parseJson(await body(), limits.maxDepth),
  };
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  cors: Record<string, string>,
): void {
  if (response.destroyed) return;
  const { status, headers = {}, body, open } = answer;
  const isRaw = body === undefined || body === null || typeof body === "string" || Buffer.isBuffer(body);
  const bytes = isRaw ? (body ?? "") : JSON.stringify(body);
  const type = isRaw ? {} : { "Content-Type": "application/json" };
  const byteCount = Buffer.byteLength(bytes);
  const length = open || status === 204 || status === 304 ? {} : { "Content-Length": byteCount };
  const isUnread = hasLongBody(request) && !request.complete && !open;
  const closing = isUnread ? { Connection: "close" } : {};
  const common = { ...closing, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store" };
  response.writeHead(status, { ...common, ...type, ...length, ...cors, ...headers });
  if (open && request.method !== "HEAD") open(response);
  // Text of as many bytes as characters is ASCII, which is written faster when that is said.
  else
    response.end(
      request.method === "HEAD" ? undefined : bytes,
      byteCount === bytes.length ? "latin1" : "utf8",
    );
  if (isUnread) discard(request);
}

const ignore = (): void => {};

/** A body that is not worth reading to its end just to keep the connection; Node itself reads short ones. */
const hasLongBody = ({ headers }: IncomingMessage): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > SHORT_BYTES;

const SHORT_BYTES = 64 * 1024;

/** Reads on for a moment, because an answer that meets unread data is lost to a reset; then hangs up. */
function discard(request: IncomingMessage): void {
  const timer = setTimeout(() => request.destroy(), DISCARD_MS).unref();
  let left = DISCARD_BYTES;
  request.on("data", (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
  request.on("close", () => clearTimeout(timer));
  request.resume();
}

const DISCARD_MS = 2_000;
const DISCARD_BYTES = 16e6;

function parseUrl(target: string | undefined): URL | undefined {
  return URL.parse(`http://host${target?.startsWith("/") ? target : "/"}`) ?? undefined;
}

const nameOf = (error: unknown): string =>
  error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.name) : typeof error;

/** Stack frames without the message. */
const placeOf = (error: unknown): string[] =>
  error instanceof Error
    ? (error.stack ?? "")
        .split("\n")
        .filter((line) => /^\s+at /.test(line))
        .slice(0, 5)
    : [];
