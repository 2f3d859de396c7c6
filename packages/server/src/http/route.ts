import type { IncomingMessage, ServerResponse } from "node:http";
import type { Json } from "@vitrine/core";
import type { Principal, Scope } from "../keys.ts";
import type { Services } from "../services.ts";

/** HTTP methods that routes answer. */
export type Method = "GET" | "POST" | "PUT" | "DELETE";

/**
 * Who may call: `none` is public (the handler looks at keys itself), a scope needs a secret key or console
 * session that has it.
 */
export type RouteAuth = "none" | { scope: Scope };

/** What a handler is given. */
export interface RequestContext {
  request: IncomingMessage;
  url: URL;
  /** Values of `:name` parts of the path, decoded. */
  params: Record<string, string>;
  /** Who calls, when the route asks for a scope; else null. */
  principal: Principal | null;
  /** Address of the client, after the trusted proxy. */
  address: string;
  services: Services;
  /** Reads the body, bounded and inflated. @throws HttpProblem 413, 415, 408 */
  body(): Promise<Buffer>;
  /** Reads a JSON body, bounded in depth. @throws HttpProblem 400, 413, 415 */
  json(): Promise<Json>;
}

/** What a handler answers. Objects travel as JSON; `open` takes over the response (streams). */
export interface Answer {
  status: number;
  headers?: Record<string, string | string[]>;
  body?: string | Buffer | object | null;
  /** Called after the head was written. */
  open?: (response: ServerResponse) => void;
}

/** One endpoint. */
export interface Route {
  method: Method;
  /** Such as `/v1/admin/customers/:namespace/:id`; a configured prefix takes the place of `/v1`. A final `*` takes the rest as `params.rest`. */
  path: string;
  auth: RouteAuth;
  /** `open`: pages of listed origins may read the answer; `none`: no CORS headers (admin, console). */
  cors: "open" | "none";
  handler(context: RequestContext): Answer | Promise<Answer>;
}
