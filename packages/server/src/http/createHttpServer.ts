import { createServer, type RequestListener, type Server } from "node:http";
import type { Limits } from "../options.ts";

/**
 * A `node:http` server that gives slow clients no room: heads and bodies must come in time, idle connections go.
 */
export function createHttpServer(
  handler: RequestListener,
  { requestTimeoutMs }: Pick<Limits, "requestTimeoutMs">,
): Server {
  return createServer(
    {
      headersTimeout: Math.min(10_000, requestTimeoutMs),
      requestTimeout: requestTimeoutMs,
      keepAliveTimeout: 12_000,
      connectionsCheckingInterval: 1_000,
      maxHeaderSize: 16 * 1024,
      // Also for clients that write their half and wait: the answer must get through.
      noDelay: true,
    },
    handler,
  );
}
