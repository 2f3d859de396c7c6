import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { HttpProblem } from "./problem.ts";
import type { Answer, RequestContext } from "./route.ts";

/** Answers with a file that the build wrote; asked again each time, and sent only when it changed. */
export async function serveBuilt(
  { request }: RequestContext,
  folder: string,
  file: { name: string; type: string },
): Promise<Answer> {
  let body: Buffer;
  try {
    body = await readFile(join(folder, file.name));
  } catch {
    throw new HttpProblem(404, "not_built", "This page is not built; run npm run build.");
  }
  const etag = `"${createHash("sha256").update(body).digest("base64url")}"`;
  const headers = { "Content-Type": `${file.type}; charset=utf-8`, ETag: etag, "Cache-Control": "no-cache" };
  return request.headers["if-none-match"] === etag
    ? { status: 304, headers }
    : { status: 200, headers, body };
}
