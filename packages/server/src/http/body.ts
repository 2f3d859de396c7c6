import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { gunzipSync } from "node:zlib";
import type { Json } from "@vitrine/core";
import { HttpProblem } from "./problem.ts";

const tooLarge = (maxBytes: number) =>
  new HttpProblem(413, "too_large", `The body may have ${maxBytes} bytes, inflated. Send smaller batches.`, {
    Connection: "close",
  });

/**
 * Reads a body and inflates it, both bounded by `maxBytes`; stops reading and inflating at the bound.
 * @throws HttpProblem 413 `too_large`, 415 `unknown_encoding`, 400 `malformed_gzip` or `incomplete`
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const encoding = request.headers["content-encoding"]?.toLowerCase() ?? "identity";
  if (encoding !== "identity" && encoding !== "gzip") {
    throw new HttpProblem(
      415,
      "unknown_encoding",
      "Send the body as it is, or with Content-Encoding: gzip (once).",
    );
  }
  if (Number(request.headers["content-length"] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const body = await readBounded(request, maxBytes);
  return encoding === "gzip" ? inflate(body, maxBytes) : body;
}

function readBounded(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else {
        request.removeAllListeners("data");
        reject(tooLarge(maxBytes));
      }
    });
    let isWhole = false;
    request.on("end", () => {
      isWhole = true;
      resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
    });
    // Every request closes in the end; a problem nobody hears of would still cost its stack trace.
    const broken = () => isWhole || reject(new HttpProblem(400, "incomplete", "The body ended early."));
    request.on("error", broken);
    request.on("close", broken);
  });
}

/** Inflates at once: bodies are small, and a chunk as large as the result saves most of the time. */
function inflate(body: Buffer, maxBytes: number): Buffer {
  const promised = body.length >= 18 ? body.readUInt32LE(body.length - 4) : 0;
  const chunkSize = Math.min(Math.max(promised, 1024), maxBytes) + 64;
  try {
    return gunzipSync(body, { chunkSize, maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(maxBytes);
    throw new HttpProblem(400, "malformed_gzip", "The body is not a gzip stream.");
  }
}

/**
 * Parses JSON text; depth is checked on the bytes first, so that hostile nesting never becomes objects.
 * @throws HttpProblem 400 `malformed_json`, 400 `too_deep`
 */
export function parseJson(body: Buffer, maxDepth: number = Infinity): Json {
  if (maxDepth < Infinity && exceedsDepth(body, maxDepth)) {
    throw new HttpProblem(400, "too_deep", `JSON may be nested ${maxDepth} levels deep.`);
  }
  try {
    // Checked apart: a fatal TextDecoder takes as long as the parsing itself.
    if (isUtf8(body)) return JSON.parse(body.toString()) as Json;
  } catch {
    // told below
  }
  throw new HttpProblem(400, "malformed_json", "The body is not JSON in UTF-8.");
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** True when brackets outside of strings nest deeper than `maxDepth`. One pass over the bytes. */
export function exceedsDepth(json: Buffer, maxDepth: number): boolean {
  let depth = 0;
  for (let i = 0; i < json.length; i++) {
    const byte = json[i]!;
    if (byte === QUOTE) i = endOfString(json, i);
    else if (byte === 0x5b || byte === 0x7b) {
      if (++depth > maxDepth) return true;
    } else if (byte === 0x5d || byte === 0x7d) depth--;
  }
  return false;
}

/** Index of the quote that ends the string starting at `start`, or the end of the bytes. */
function endOfString(json: Buffer, start: number): number {
  for (let at = json.indexOf(QUOTE, start + 1); at >= 0; at = json.indexOf(QUOTE, at + 1)) {
    let slashes = 0;
    while (json[at - 1 - slashes] === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return at;
  }
  return json.length;
}
