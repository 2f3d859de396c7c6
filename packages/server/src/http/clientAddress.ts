import type { IncomingMessage } from "node:http";

/** The client's address: of the socket, or what the one trusted proxy in front of us saw. */
export function clientAddress(request: IncomingMessage, trustProxy: boolean): string {
  const forwarded = trustProxy ? request.headers["x-forwarded-for"] : undefined;
  // The last entry is the one our own proxy wrote; earlier ones are the client's word.
  const seen = String(forwarded ?? "")
    .split(",")
    .at(-1)
    ?.trim();
  return seen || (request.socket.remoteAddress ?? "");
}
