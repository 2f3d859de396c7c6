import type { IncomingMessage, ServerResponse } from "node:http";
import { cookieLine } from "./cookies.ts";
import { FLASH_COOKIE } from "./flash.ts";
import { layout } from "./layout.ts";
import type { Page, Reply } from "./Reply.ts";
import type { ShopOptions } from "./ShopOptions.ts";
import type { Visit } from "./Visit.ts";

/** Writes a reply. Pages carry the policy headers of a careful shop. */
export function respond(
  reply: Reply,
  exchange: { request: IncomingMessage; response: ServerResponse; visit: Visit; options: ShopOptions },
): void {
  const { request, response, visit, options } = exchange;
  response.setHeader("X-Content-Type-Options", "nosniff");
  switch (reply.kind) {
    case "page":
      return sendPage(reply, visit, options, response);
    case "redirect":
      // 303: the next request is a GET, whatever this one was.
      response.writeHead(303, {
        Location: reply.to,
        "Cache-Control": "no-store",
        "Set-Cookie": [...(reply.cookies ?? [])],
      });
      response.end();
      return;
    case "json":
      send(response, reply.status, "application/json; charset=utf-8", JSON.stringify(reply.body), {
        "Cache-Control": "no-store",
      });
      return;
    case "text":
      send(response, reply.status, "text/plain; charset=utf-8", reply.body, reply.headers);
      return;
    case "file":
      sendFile(reply, request, response);
  }
}

function sendPage(page: Page, visit: Visit, options: ShopOptions, response: ServerResponse): void {
  const body = layout(page, visit, options.head({ path: visit.url.pathname }), !!options.worker?.());
  if (visit.flash) response.appendHeader("Set-Cookie", cookieLine(FLASH_COOKIE, "", 0));
  send(response, page.status ?? 200, "text/html; charset=utf-8", body, {
    // Not no-store: pages stay in the back-forward cache.
    "Cache-Control": "private, no-cache",
    "Content-Security-Policy": contentSecurityPolicy(options.csp),
    "Referrer-Policy": "strict-origin-when-cross-origin",
  });
}

function contentSecurityPolicy(
  { scriptSrc, connectSrc, imgSrc = [], frameAncestors = [] }: NonNullable<ShopOptions["csp"]> = {
    scriptSrc: [],
    connectSrc: [],
  },
): string {
  return [
    "default-src 'self'",
    ["script-src 'self'", ...scriptSrc].join(" "),
    ["connect-src 'self'", ...connectSrc].join(" "),
    ["img-src 'self' data:", ...imgSrc].join(" "),
    "style-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    ["frame-ancestors 'self'", ...frameAncestors].join(" "),
  ].join("; ");
}

function sendFile(
  file: Extract<Reply, { kind: "file" }>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const etag = `"${file.etag}"`;
  const headers: Record<string, string> = {
    "Cache-Control": `public, max-age=${file.maxAgeSeconds}`,
    ETag: etag,
  };
  // A picture opened by itself may draw itself and nothing else.
  if (file.type.startsWith("image/"))
    headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'";
  if (request.headers["if-none-match"] === etag) {
    response.writeHead(304, headers).end();
    return;
  }
  send(response, 200, file.type, file.body, headers);
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Uint8Array,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { ...headers, "Content-Type": type, "Content-Length": Buffer.byteLength(body) });
  // Node leaves the body out by itself when the request was a HEAD.
  response.end(body);
}
