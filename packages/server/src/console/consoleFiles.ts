import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { HttpProblem } from "../http/problem.ts";
import type { Answer, RequestContext, Route } from "../http/route.ts";
import { CONSOLE_HEADERS, CONSOLE_ICON, consolePage } from "./consolePage.ts";

const PUBLIC = { method: "GET", auth: "none", cors: "none" } as const;

/** The console's page and the files it loads; none of them holds anything secret. */
export const consoleFileRoutes: readonly Route[] = [
  { ...PUBLIC, path: "/console", handler: () => ({ status: 308, headers: { Location: "/console/" } }) },
  { ...PUBLIC, path: "/console/", handler: readPage },
  {
    ...PUBLIC,
    path: "/console/console.js",
    handler: (context) => readBundle(context, "console.js", "text/javascript"),
  },
  {
    ...PUBLIC,
    path: "/console/console.css",
    handler: (context) => readBundle(context, "console.css", "text/css"),
  },
  {
    ...PUBLIC,
    path: "/console/icon.svg",
    handler: () => ({ status: 200, headers: { "Content-Type": "image/svg+xml" }, body: CONSOLE_ICON }),
  },
];

function readPage({ services }: RequestContext): Answer {
  return { status: 200, headers: { ...CONSOLE_HEADERS }, body: consolePage(services.settings.prefix) };
}

async function readBundle(
  { request, services }: RequestContext,
  file: string,
  type: string,
): Promise<Answer> {
  let body: Buffer;
  try {
    body = await readFile(join(services.settings.consoleDir, file));
  } catch {
    throw new HttpProblem(404, "not_built", "The console is not built; run npm run build.");
  }
  const etag = `"${createHash("sha256").update(body).digest("base64url")}"`;
  const headers = { "Content-Type": `${type}; charset=utf-8`, ETag: etag, "Cache-Control": "no-cache" };
  return request.headers["if-none-match"] === etag
    ? { status: 304, headers }
    : { status: 200, headers, body };
}
