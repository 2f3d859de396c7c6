import type { IncomingMessage } from "node:http";

/** The token of `Authorization: Bearer`, if any. */
export function bearerOf(request: IncomingMessage): string | undefined {
  return /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
}

/** The key in `Authorization`, as `Bearer key` or as Segment's `Basic base64(key:)`. */
export function keyOf(request: IncomingMessage): string | undefined {
  const basic = /^Basic +([\w+/=-]+)$/i.exec(request.headers.authorization ?? "")?.[1];
  return basic === undefined ? bearerOf(request) : Buffer.from(basic, "base64").toString().split(":")[0];
}
