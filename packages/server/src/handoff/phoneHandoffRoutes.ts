import { createReadStream } from "node:fs";
import type { ServerResponse } from "node:http";
import { bearerOf } from "../http/keyOf.ts";
import { HttpProblem } from "../http/problem.ts";
import type { Answer, RequestContext, Route } from "../http/route.ts";
import { readFields } from "../routes/adminInput.ts";
import { handoffsOf } from "./handoffsOf.ts";
import { readRange } from "./readRange.ts";

const PUBLIC = { auth: "none", cors: "none" } as const;

/** What the phone does with a hand-off: opens it once, reads its parts (also from the middle), ends it. */
export const phoneHandoffRoutes: readonly Route[] = [
  { method: "POST", path: "/v1/handoffs/:token/open", ...PUBLIC, handler: open },
  { method: "GET", path: "/v1/handoffs/:id/parts/:n", ...PUBLIC, handler: readPart },
  { method: "POST", path: "/v1/handoffs/:id/done", ...PUBLIC, handler: finish },
];

async function open(context: RequestContext): Promise<Answer> {
  const { attempt } = await readFields(context);
  if (attempt !== undefined && (typeof attempt !== "string" || !/^[\w-]{22,86}$/.test(attempt)))
    throw new HttpProblem(400, "bad_request", '"attempt" must be 16 random bytes or more in base64url.');
  const own = attempt ?? context.services.random(16).toString("base64url");
  const opened = handoffsOf(context.services).open(context.params.token!, own);
  if (!opened) throw gone();
  return { status: 200, body: opened };
}

function readPart(context: RequestContext): Answer {
  const { request, params, services } = context;
  const n = /^\d{1,3}$/.test(params.n!) ? Number(params.n) : -1;
  const part = handoffsOf(services).part(params.id!, bearerOf(request) ?? "", n);
  if (!part) throw gone();
  const { path, bytes } = part;
  const headers = { "Content-Type": "application/octet-stream", "Accept-Ranges": "bytes" };
  const range = readRange(request.headers.range, bytes);
  if (range === "unsatisfiable")
    throw new HttpProblem(416, "range", `The part has ${bytes} bytes.`, {
      "Content-Range": `bytes */${bytes}`,
    });
  const { start, end } = range ?? { start: 0, end: bytes - 1 };
  const length = { "Content-Length": String(end - start + 1) };
  const about = range ? { "Content-Range": `bytes ${start}-${end}/${bytes}` } : {};
  return {
    status: range ? 206 : 200,
    headers: { ...headers, ...length, ...about },
    open: (response) => pour(path, { start, end }, response),
  };
}

/** A phone that goes away in the middle leaves no file open; a file that goes away cuts the answer short. */
function pour(path: string, range: { start: number; end: number }, response: ServerResponse): void {
  const file = createReadStream(path, range);
  file.on("error", () => response.destroy());
  response.on("close", () => file.destroy());
  file.pipe(response);
}

function finish(context: RequestContext): Answer {
  if (!handoffsOf(context.services).finish(context.params.id!, bearerOf(context.request) ?? "")) throw gone();
  return { status: 204 };
}

/** One answer for a link that was used, one whose time is over, and one that never was: nobody learns which. */
const gone = () =>
  new HttpProblem(
    410,
    "gone",
    "This link was used, deleted, or its ten minutes are over. Ask the mirror for another.",
  );
